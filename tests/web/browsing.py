"""A real browser on a real server, watched: what it asks for, what it complains of, what axe finds."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette

from cenotaph.web.app import workbench
from cenotaph.web.serve import bound

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PATIENCE = 180_000
"""Milliseconds that a page may take on a machine that is busy with other things."""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str:
    """Return the browser of this machine; without one, tests are left out, and in CI fail."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    if os.environ.get("CI"):
        pytest.fail("There is no Chromium, and the pages must be tested in CI.")
    pytest.skip("there is no Chromium")


@contextmanager
def launched() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a record on a free port of this machine."""
    with serving(workbench(path)) as base:
        yield base


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """Serve a workbench on a free port of this machine."""
    listener = bound(0)
    config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
        app.state.held.close()


class Watched:
    """A page of which everything untoward is kept."""

    def __init__(self, browser: Browser, base: str, **settings: Any) -> None:
        self.base = base
        self.context = browser.new_context(base_url=base, **settings)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._say)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._ask)

    def _say(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.text} {message.location.get('url')}")

    def _dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _ask(self, request: Any) -> None:
        if not request.url.startswith((self.base, "blob:", "data:")):
            self.elsewhere.append(request.url)

    def close(self) -> None:
        self.context.close()

    def axe(self) -> list[str]:
        """Return what axe finds wrong with the page as it is."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
        )
        return [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for each in found["violations"]
            for node in each["nodes"][:4]
        ]
