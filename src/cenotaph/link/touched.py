"""What one change of documents has touched so far, for the steps that link again what it can
change."""

from cenotaph.link import series
from cenotaph.link.profiles import Key, Profile
from cenotaph.model import ClaimId, DocumentId


class Touched:
    """Documents, claims, events and tales that one change touched, and what stood before it."""

    def __init__(self) -> None:
        self.documents: set[DocumentId] = set()
        self.claims: set[ClaimId] = set()
        self.incidents: set[ClaimId] = set()
        self.tales: set[ClaimId] = set()
        # Tales that came or went themselves, not only what ties them.
        self.moved: set[ClaimId] = set()
        # How many shared each key before, and who; and the tales that went.
        self.before: dict[Key, tuple[int, list[ClaimId]]] = {}
        self.old: dict[ClaimId, Profile] = {}
        self.series: set[series.Key] = set()
        # Claims to be held anew against the sums near them, and those that say something else now.
        self.again: set[ClaimId] = set()
        self.other: set[ClaimId] = set()
