"""Tales that are written after an earlier one: they say nothing of their own and weigh nothing.

A passage copied word for word is found in the texts. One that is lightly rewritten shows in what it
tells: the same counts at the same place, in sentences of mostly the same words, from the same
originator or from nobody. Such a tale goes with the first that was told so. It is compared with no
other, so that thousands of them neither join nor part what they say nothing of.
"""

from collections.abc import Iterable, Mapping, MutableMapping

from cenotaph.link.compare import Stand, folded, one_day, times
from cenotaph.link.profiles import NEWS_DAYS, Profile
from cenotaph.model import ClaimId, Measure
from cenotaph.shelves import Shelves

# From this share of common words on, of all that the sentences of either have, one is written after
# the other.
ALIKE = 0.5
# Shorter sentences are written alike by chance.
SHORTEST = 8
# Words that are told again days later with a day that is reckoned from then ("on Sunday") are the
# same telling where they are as alike as this, and as long.
AS_GOOD_AS_COPIED = 0.8
LONG = 16
# A telling is held against so many earlier ones of its place and figures.
TELLINGS = 24

Key = tuple[str, ...]
"""The place, harm and figures of a tale: only tales that share them are held against each other."""

# What a tale is told by, the gravest first.
_TOLD_BY = (Measure.KILLED, Measure.KILLED_OR_INJURED, Measure.CASUALTIES, Measure.INJURED)


class Folds:
    """Which tale is written after which, followed through changes.

    `profiles` gives the tales that are there now, by their first claims.
    """

    def __init__(self, profiles: Mapping[ClaimId, Profile], shelves: Shelves) -> None:
        self._profiles = profiles
        self.after: MutableMapping[ClaimId, ClaimId] = shelves("after", ClaimId)
        self._told: MutableMapping[Key, dict[ClaimId, None]] = shelves("told", dict[ClaimId, None])

    def change(
        self, come: Iterable[Profile], gone: Iterable[Profile]
    ) -> dict[ClaimId, ClaimId | None]:
        """Take tales in and others out; return what each that follows another than before followed.

        Nothing is followed by a tale before it came, nor after it went.
        """
        touched: set[Key] = set()
        before: dict[ClaimId, ClaimId | None] = {}
        for tale in gone:
            key = _key(tale)
            if key is not None and tale.first in self._told.get(key, ()):
                del self._told[key][tale.first]
                touched.add(key)
            to = self.after.pop(tale.first, None)
            if to is not None:
                before[tale.first] = to
        for tale in come:
            key = _key(tale)
            if key is not None:
                self._told.setdefault(key, {})[tale.first] = None
                touched.add(key)
        for key in sorted(touched):
            for first, old in self._fold(key).items():
                before.setdefault(first, old)
        return before

    def _fold(self, key: Key) -> dict[ClaimId, ClaimId | None]:
        members = [self._profiles[first] for first in self._told.get(key, ())]
        if not members:
            self._told.pop(key, None)
        before: dict[ClaimId, ClaimId | None] = {}
        tellings: list[Profile] = []
        for tale in sorted(members, key=lambda each: each.key):
            to = next((each.first for each in tellings if follows(tale, each)), None)
            if to is None and len(tellings) < TELLINGS:
                tellings.append(tale)
            old = self.after.get(tale.first)
            if to == old:
                continue
            before[tale.first] = old
            if to is not None:
                self.after[tale.first] = to
            else:
                del self.after[tale.first]
        return before


def _key(tale: Profile) -> Key | None:
    """Return that by which a tale is looked up, None where it names no place or gives no figure."""
    measure = next((each for each in _TOLD_BY if tale.counts.get(each)), None)
    place = tale.sites[0].place if tale.sites else None
    if measure is None or place is None:
        return None
    where = place.entry or (folded(place.quote.text) if place.quote is not None else place.name)
    return where or "", measure.value, " ".join(map(str, sorted(tale.counts[measure])))


def follows(tale: Profile, earlier: Profile) -> bool:
    """Tell whether a tale is written after an earlier one of the same place and figures.

    One that names an originator follows only tales of that originator; one that names nobody
    follows any, since it may have left the name out.
    """
    words, said = tale.told, earlier.told
    if tale.document == earlier.document or min(len(words), len(said)) < SHORTEST:
        return False
    if not tale.said_by <= earlier.said_by or tale.recorder is not None:
        return False
    if one_day(tale.timed) is not None and one_day(earlier.timed) is None:
        # It says more than the earlier one, and others can be known by it.
        return False
    if any(
        not tale.counts[measure] & earlier.counts[measure]
        for measure in tale.counts.keys() & earlier.counts.keys()
    ):
        return False
    common = len(words & said)
    alike = common / (len(words) + len(said) - common)
    if times(tale.timed, earlier.timed) is not Stand.APART:
        return alike >= ALIKE
    return alike >= AS_GOOD_AS_COPIED and len(words) >= LONG and _told_late(tale, earlier)


def _told_late(tale: Profile, earlier: Profile) -> bool:
    """Tell whether a tale's day is reckoned from a later day of publication ("on Sunday")."""
    if tale.published is None or earlier.published is None or tale.timed is None:
        return False
    quote = tale.timed.quote
    if quote is None or any(each.isdigit() for each in quote.text):
        return False
    return 0 < (tale.published - earlier.published).days <= NEWS_DAYS
