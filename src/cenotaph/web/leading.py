"""Where an address leads that was given once: to what became of it, or to why nothing did."""

from dataclasses import dataclass

from cenotaph.model import ClaimId, IncidentId
from cenotaph.review import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """Where the name of an incident leads.

    To an incident, with `others` that hold more of its claims; else to a claim that is of no
    incident. `gone` is its first claim where that was set aside; alone, nothing of it stands.
    """

    incident: IncidentId | None
    others: tuple[IncidentId, ...]
    claim: ClaimId | None
    gone: Rejected | None
