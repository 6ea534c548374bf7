"""The workbench on this machine's own address, until it is stopped."""

import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from cenotaph.web.app import workbench
from cenotaph.web.pages import prepare

HOST = "127.0.0.1"
PORT = 8765


class PortTaken(Exception):
    """The port asked for is used by another program."""


def bound(port: int) -> socket.socket:
    """Return a socket on this machine's own address. Raises PortTaken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise PortTaken(f"The port {port} cannot be used: {error.strerror}.") from error
    listener.listen(128)
    return listener


def listening(port: int | None) -> socket.socket:
    """Return a socket on the port asked for; else on the usual one, or on any that is free."""
    if port is not None:
        return bound(port)
    try:
        return bound(PORT)
    except PortTaken:
        return bound(0)


def serve(
    path: Path,
    *,
    passphrase: str | None = None,
    port: int | None = None,
    open_browser: bool = False,
    read_only: bool = False,
    language: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve a record, an encrypted one with its passphrase, until interrupted. Raises PortTaken."""
    if language:
        os.environ["CENOTAPH_LANGUAGE"] = language
    listener = listening(port)
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        workbench(path, read_only=read_only, passphrase=passphrase),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=2,
    )
    say(f"The workbench of {path.name} is at {address}")
    say("It answers on this machine alone. Stop it with Ctrl-C.")
    if open_browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    threading.Thread(target=prepare, name="templates", daemon=True).start()
    uvicorn.Server(config).run(sockets=[listener])
