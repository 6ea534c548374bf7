"""Copies of a record, made while it is in use, and records made of copies."""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyrage

from cenotaph.store import cipher
from cenotaph.store.record import Locked, Record, RecordError, explained, is_locked, quoted
from cenotaph.store.record import open as open_record

AGE = b"age-encryption.org/"
"""What a file encrypted with age begins with."""

Passphrase = Callable[[Path], str]
"""What is asked for the passphrase of a file."""

PAGES = 2000
"""Pages copied at once; between two steps others may write."""


def backup(
    record: Record,
    target: Path,
    *,
    recipients: Sequence[str] = (),
    passphrase: str | None = None,
) -> None:
    """Write a copy of a record as it stands at one moment; encrypted where there are recipients.

    Others may write meanwhile. `recipients` are public keys of age ("age1…"). A copy of an
    encrypted record has its passphrase; with `passphrase` the copy is encrypted with that one,
    whatever the record is. The target must not exist; it is there whole or not at all. Raises
    RecordError.
    """
    keys = [recipient(each) for each in recipients]
    with draft_of(target) as draft:
        with explained(record.path):
            if passphrase is None:
                copied(record, draft)
            else:
                rekeyed(record, draft, cipher.key_of(passphrase))
        if keys:
            with explained_file(target):
                sealed = draft.with_name(f"{draft.name}.age")
                try:
                    pyrage.encrypt_file(str(draft), str(sealed), keys)
                    sealed.replace(draft)
                finally:
                    sealed.unlink(missing_ok=True)


def copied(record: Record, draft: Path) -> None:
    """Copy a record page by page, with the key that it has."""
    with (
        contextlib.closing(raw(record.path, record.key, mode="ro")) as source,
        contextlib.closing(raw(draft, record.key)) as copy,
    ):
        source.backup(copy, pages=PAGES)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def rekeyed(record: Record, draft: Path, key: cipher.Key) -> None:
    """Copy what a record holds into a file with another key. What is derived may be left out."""
    uri = f"file:{quoted(record.path)}?mode=rw"
    source = (
        cipher.connected(uri, record.key, isolation_level=None)
        if record.key is not None
        else cipher.driver().connect(uri, uri=True, isolation_level=None)
    )
    with contextlib.closing(source):
        ((mark,),) = source.execute("PRAGMA application_id").fetchall()
        attached = f"file:{quoted(draft)}?mode=rw"
        source.execute(f'ATTACH DATABASE ? AS made KEY "{key.pragma}"', (attached,))
        source.execute(f"PRAGMA made.application_id = {int(mark)}")
        source.execute("BEGIN")
        source.execute("SELECT sqlcipher_export('made')").fetchall()
        source.execute("COMMIT")


def raw(path: Path, key: cipher.Key | None, *, mode: str = "rw") -> Any:
    """Return a connection of the library itself, which can copy pages."""
    uri = f"file:{quoted(path)}?mode={mode}"
    if key is None:
        return sqlite3.connect(uri, uri=True)
    return cipher.connected(uri, key)


def restore(
    source: Path,
    target: Path,
    *,
    identity: Path | None = None,
    passphrase: Passphrase | None = None,
) -> Record:
    """Make a record of a backup and open it. `identity` is the file of an age key.

    `passphrase` is asked for that of an encrypted record, once it is seen to be one.
    The target must not exist. Raises RecordError where the backup is none, or cannot be opened with
    that key. Whether it holds what it should is asked of the record (`check`).
    """
    if not source.is_file():
        raise RecordError(f"There is no backup at {source}.")
    with draft_of(target) as draft:
        with explained_file(source), source.open("rb") as file:
            sealed = file.read(len(AGE)) == AGE
        if sealed and identity is None:
            raise RecordError(f"{source} is encrypted; give the file of its key: --identity FILE.")
        with explained_file(source):
            if sealed:
                assert identity is not None
                pyrage.decrypt_file(str(source), str(draft), identities(identity))
            else:
                draft.write_bytes(source.read_bytes())
        word = passphrase(source) if passphrase is not None and is_locked(draft) else None
        try:
            record = open_record(draft, passphrase=word)
        except Locked as error:
            raise Locked(str(error).replace(str(draft), str(source))) from error
        with record, contextlib.closing(raw(draft, record.key)) as copy:
            copy.execute("PRAGMA journal_mode = WAL").fetchall()
    return open_record(target, passphrase=word)


def recipient(key: str) -> pyrage.x25519.Recipient:
    """Return a recipient of its public key. Raises RecordError."""
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise RecordError(f"{key!r} is no public key of age, which begin with age1.") from None


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """Return the keys of a file as age-keygen writes it. Raises RecordError."""
    with explained_file(path):
        lines = path.read_text(encoding="utf-8").splitlines()
    try:
        known = [
            pyrage.x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and not line.startswith("#")
        ]
    except pyrage.IdentityError:
        raise RecordError(f"{path} holds no key of age.") from None
    if not known:
        raise RecordError(f"{path} holds no key of age.")
    return known


@contextlib.contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Give a path to write to, which becomes the target when all went well, and is private."""
    if target.exists() or target.is_symlink():
        raise RecordError(f"{target} exists already; nothing is written over.")
    if not target.parent.is_dir():
        raise RecordError(f"There is no folder {target.parent} to write {target.name} in.")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with explained_file(target):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
        with explained_file(target):
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            draft.rename(target)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{draft}{end}").unlink(missing_ok=True)


@contextlib.contextmanager
def explained_file(path: Path) -> Iterator[None]:
    """Turn what the system and the encryption may complain of into errors that say what it was."""
    try:
        yield
    except OSError as error:
        raise RecordError(f"{path} cannot be used: {error.strerror or error}.") from error
    except pyrage.DecryptError as error:
        raise RecordError(f"{path} cannot be opened with this key: {error}.") from error
