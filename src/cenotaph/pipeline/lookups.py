"""Texts and readings of the documents that are followed, each fetched when it is asked for."""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Protocol

from cenotaph.model import DocumentId
from cenotaph.pipeline.interpreted import Interpreted, decode


class Seen(Protocol):
    """A record in one state, open to be asked."""

    def rows(self, statement: str, given: tuple[Any, ...]) -> Any:
        """Ask the record, in the state in which it is seen."""
        ...

    def read_again(self, id_: DocumentId) -> Interpreted:
        """Return the reading of a document that is not kept any more. Raises KeyError."""
        ...


class Texts(MutableMapping[DocumentId, str]):
    """The texts of a record's documents, each read when it is first asked for."""

    def __init__(self, standing: Seen) -> None:
        self._standing = standing
        self._here: dict[DocumentId, str] = {}

    def __getitem__(self, id_: DocumentId) -> str:
        if id_ not in self._here:
            row = self._standing.rows("SELECT text FROM documents WHERE id = ?", (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            self._here[id_] = row[0]
        return self._here[id_]

    def __setitem__(self, id_: DocumentId, text: str) -> None:
        self._here[id_] = text

    def __delitem__(self, id_: DocumentId) -> None:
        self._here.pop(id_, None)

    def __iter__(self) -> Iterator[DocumentId]:
        raise TypeError("texts are only asked for one by one here")

    def __len__(self) -> int:
        raise TypeError("texts are only asked for one by one here")

    def clear_memory(self) -> None:
        """Forget what can be read again."""
        self._here.clear()


class Readings(MutableMapping[DocumentId, Interpreted]):
    """What was read of the documents that are followed, each decoded when it is first asked for.

    `fresh` holds readings that could not be kept.
    """

    def __init__(self, standing: Seen, followed: Mapping[DocumentId, str]) -> None:
        self._standing, self._followed = standing, followed
        self._here: dict[DocumentId, Interpreted] = {}
        self._gone: set[DocumentId] = set()
        self.fresh: dict[DocumentId, bytes] = {}

    def __getitem__(self, id_: DocumentId) -> Interpreted:
        if id_ not in self:
            raise KeyError(id_)
        if id_ not in self._here:
            content = self.fresh.get(id_)
            if content is None:
                row = self._standing.rows(
                    "SELECT content FROM readings WHERE document_id = ? AND key = ?",
                    (id_, self._followed.get(id_)),
                ).fetchone()
                content = None if row is None else row[0]
            self._here[id_] = self._standing.read_again(id_) if content is None else decode(content)
        return self._here[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self._here or (id_ not in self._gone and id_ in self._followed)

    def __setitem__(self, id_: DocumentId, value: Interpreted) -> None:
        self._here[id_] = value
        self._gone.discard(id_)

    def __delitem__(self, id_: DocumentId) -> None:
        self._here.pop(id_, None)
        self._gone.add(id_)

    def __iter__(self) -> Iterator[DocumentId]:
        new = [id_ for id_ in self._here if id_ not in self._followed]
        return iter([*new, *(id_ for id_ in self._followed if id_ not in self._gone)])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear_memory(self) -> None:
        """Forget what can be read again."""
        self._here.clear()
        self._gone.clear()
