"""What would follow, were something decided: it is laid over what follows, asked about, and taken
back; nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from cenotaph.model import Decision, Document
from cenotaph.pipeline.adding import Adding
from cenotaph.pipeline.deciding import Decidable, ready_to_enter
from cenotaph.pipeline.document import interpret
from cenotaph.pipeline.interpreted import Interpreted, encode
from cenotaph.pipeline.kept import Standing
from cenotaph.pipeline.laid import Read
from cenotaph.pipeline.reported import Reports, reports
from cenotaph.pipeline.setting import Setting
from cenotaph.review import described, metadata
from cenotaph.store import documents

Answer = TypeVar("Answer")


class Foreseeing:
    """A record's state with others tried upon it; `forget` is called when the state is another."""

    def __init__(self, standing: Standing, adding: Adding) -> None:
        self._standing, self._adding = standing, adding
        self._known: Reports | None = None

    def forget(self) -> None:
        """Look at the log anew when something is next asked."""
        self._known = None

    def ask(
        self, wanted: Sequence[Decision], ask: Callable[[], Answer], *, known: Decidable
    ) -> Answer:
        """Return what `ask` answers with decisions taken; `known` is what they can be about.

        Raises DecisionError.
        """
        standing = self._standing
        record = standing.record
        if self._known is None:
            self._known = reports(record, [])
        now_known = self._known
        ready = ready_to_enter(record, wanted, known=known)
        last = max((each.sequence or 0 for each in now_known.held), default=0)
        ahead = (replace(each, sequence=last + n) for n, each in enumerate(ready, 1))
        held = (*now_known.held, *ahead)
        said = metadata(held)
        interpreted = standing.derivation.interpreted
        again = [
            id_
            for id_, told in said.items()
            if told != now_known.metadata.get(id_) and id_ in interpreted
        ]
        setting = standing.sources.open() if again else None
        now, then = [], []
        for stored in documents(record, again) if again else ():
            assert setting is not None
            old = interpreted[stored.id]
            as_now = described(stored, now_known.metadata.get(stored.id, {}))
            as_then = described(stored, said[stored.id])
            now.append(Read(document=as_now, interpreted=old))
            then.append(Read(document=as_then, interpreted=_again(as_then, old, setting)))
        try:
            self._lay(then, held, now_known)
            return ask()
        finally:
            self._lay(now, now_known.held, now_known)
            standing.let_go()

    def _lay(self, reads: Sequence[Read], held: Sequence[Decision], known: Reports) -> None:
        self._adding.foresee(self._standing.lay(reads, held, known))


def _again(document: Document, old: Interpreted, setting: Setting) -> Interpreted:
    """Read a report as a person would now have it described."""
    return interpret(document, setting=setting, before=encode(old) if setting.keeps else None)
