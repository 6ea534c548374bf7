"""Encrypted records: SQLCipher, with a key that is made of a passphrase and never written.

The file is an ordinary one of SQLCipher 4 (AES-256 in CBC, an HMAC-SHA-512 for each page, its salt
in the first 16 bytes): any program of SQLCipher opens it with the passphrase. The key is derived
here, once for a record, since the library would derive it anew for every connection.
"""

import functools
import hashlib
import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

SALT = 16
"""Bytes of salt, the first of the file."""

ROUNDS = 256_000
"""Rounds of PBKDF2-HMAC-SHA-512, as SQLCipher 4 makes them."""

PAGE = 4096
SPREAD = 240
"""Different bytes in the first page of an encrypted file, at least: it looks like noise."""

PLAIN = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Key:
    """The key of an encrypted record, with its salt; never printed."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """The key as SQLCipher is given it."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


def key_of(passphrase: str, path: Path | None = None) -> Key:
    """Return the key that a passphrase makes for a file, or for a new one with a salt of its own.

    Letters with accents make one key however they were typed (NFC). Raises OSError.
    """
    if path is None:
        salt = os.urandom(SALT)
    else:
        with path.open("rb") as file:
            salt = file.read(SALT)
    return derived(unicodedata.normalize("NFC", passphrase), salt)


@functools.lru_cache(maxsize=8)
def derived(passphrase: str, salt: bytes) -> Key:
    """Return the key of a passphrase and a salt; it takes about a tenth of a second."""
    return Key(hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, 32), salt)


def looks_encrypted(path: Path) -> bool:
    """Tell whether a file may be an encrypted record: whole pages, of which the first is noise.

    Nothing in such a file says what it is; only the passphrase does.
    """
    size = path.stat().st_size
    if not size or size % PAGE:
        return False
    with path.open("rb") as file:
        first = file.read(PAGE)
    return not first.startswith(PLAIN) and len(set(first)) >= SPREAD


def driver() -> ModuleType:
    """Return the library; imported only where a record is encrypted."""
    from sqlcipher3 import dbapi2

    module: ModuleType = dbapi2
    return module


def connected(uri: str, key: Key, **options: Any) -> Any:
    """Return a connection of the library to a file, unlocked with a key."""
    connection = driver().connect(uri, uri=True, **options)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f'PRAGMA key = "{key.pragma}"')
    return connection
