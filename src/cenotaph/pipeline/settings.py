"""What a record is read with: the gazetteers that it keeps, and what became of them since."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cenotaph import gazetteer
from cenotaph.model import Finding
from cenotaph.pipeline.setting import Setting, SettingError, Sources
from cenotaph.store import Given, Record, renote
from cenotaph.vocab import table


def given_gazetteers(files: Sequence[Path], *, default: bool) -> list[Given]:
    """Return what a new record keeps of its gazetteers. Raises SettingError."""
    known = Sources(files=tuple(files), default=default).open().gazetteer
    kept = []
    for source, file in zip(known.sources, [*files, None] if default else files, strict=True):
        content = None if file is None else file.read_bytes()
        kept.append(
            Given(source=source, file_name=None if file is None else file.name, content=content)
        )
    return kept


def sources_of(record: Record) -> Sources:
    """Return what a record is read with: the gazetteers it keeps, and its country."""
    known = record.settings()
    noted = record.gazetteers()
    files = tuple(
        laid_out(record, kept.capture, name=kept.name, sha256=kept.sha256)
        for kept in noted
        if kept.capture is not None
    )
    return Sources(files=files, default=known.default_gazetteer, country=known.country, noted=noted)


def otherwise(sources: Sources, setting: Setting) -> tuple[Finding, ...]:
    """Return what to tell where a gazetteer that a record was read with is another now, or gone."""
    here = {source.sha256: source for source in setting.gazetteer.sources}
    had = {each.sha256 for each in sources.noted}
    now = next((source for sha256, source in here.items() if sha256 not in had), None)
    found = []
    for each in sources.noted:
        if each.sha256 in here:
            continue
        was = f"{each.name} {each.version} (SHA-256 {each.sha256[:12]}…)"
        code = "gazetteer-missing" if now is None else "gazetteer-changed"
        message = table("inputs")["findings"][code]["message"].format(
            was=was, now=f"{now.name} {now.version}" if now is not None else ""
        )
        found.append(Finding(code=code, message=message + remedy(code)))
    return tuple(found)


def remedy(code: str) -> str:
    """Return how a finding about a gazetteer ends: the command that helps, where one does."""
    words: str = table("inputs")["findings"][code].get("remedy", "")
    return words


def renewed(record: Record) -> Setting:
    """Have a record note the program's own gazetteer as it is now, so that all is read with it.

    Raises SettingError where that gazetteer is missing or the record does not use it.
    """
    sources = sources_of(record)
    if not sources.default:
        raise SettingError("This record uses its own gazetteers alone, and these it keeps.")
    setting = Sources(files=sources.files, country=sources.country).open()
    renote(record, setting.gazetteer.sources[-1])
    return setting


def laid_out(record: Record, capture: str, *, name: str, sha256: str) -> Path:
    """Return a file with a kept gazetteer's bytes, written where compiled ones are if need be."""
    folder = gazetteer.data_folder() / "given" / sha256
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(record.content(capture))
        Path(draft).replace(target)
    return target
