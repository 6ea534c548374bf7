"""What one document says and means, before it meets any other: what may be kept and reused."""

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

import msgspec

from cenotaph.model import Context, Finding, Place, Reading, ResolvedClaim, When

READERS = (
    "dates",
    "gazetteer",
    "model",
    "pipeline",
    "places",
    "reading",
    "spelling",
    "vocab",
)


DERIVERS = (
    "bounds.py",
    "copies",
    "link",
    "reconcile",
    "review",
    "shelves.py",
    "store",
    "totals",
    "voices.py",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreted:
    """A reading with its places and periods resolved.

    `published` is the day its words count from: that of its metadata, unless its own date line
    gives another or the only one.
    `lang` is the language pack that read it; None where there is none, and then no claims.
    """

    reading: Reading
    claims: tuple[ResolvedClaim, ...] = ()
    contexts: tuple[tuple[Context, Place | None, When | None], ...] = ()
    published: date | None = None
    lang: str | None = None
    findings: tuple[Finding, ...] = ()


def encode(interpreted: Interpreted) -> bytes:
    """Return an interpreted document as bytes that `decode` takes back unchanged."""
    return msgspec.msgpack.encode(interpreted)


def decode(content: bytes) -> Interpreted:
    """Return what `encode` was given. Raises ValueError for anything else."""
    return msgspec.msgpack.decode(content, type=Interpreted)


@functools.cache
def reader_version() -> str:
    """Return a digest of all code and vocabulary that a reading depends on.

    Kept readings are keyed by it, so that a changed word or rule never meets an old reading.
    """
    return _digest(READERS)


@functools.cache
def deriver_version() -> str:
    """Return a digest of all code and vocabulary that anything derived depends on."""
    return _digest((*READERS, *DERIVERS))


def _digest(names: Sequence[str]) -> str:
    return hashlib.sha256(b"".join(map(_digest_of, names))).hexdigest()[:16]


@functools.cache
def _digest_of(name: str) -> bytes:
    """Return the digest of one package or module: the names of its files, and their bytes."""
    digest = hashlib.sha256()
    with resources.as_file(resources.files("cenotaph").joinpath(name)) as folder:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else (folder,):
            if file.suffix in {".py", ".toml", ".tsv", ".txt"}:
                digest.update(file.relative_to(folder.parent).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.digest()
