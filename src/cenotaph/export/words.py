"""Figures, places and periods as a person reads them."""

from collections.abc import Iterable

from cenotaph.model import (
    Actor,
    Count,
    Figure,
    Group,
    Incident,
    Measure,
    Modality,
    Place,
    Source,
    Status,
    When,
)


def count(stated: Count) -> str:
    """Return a count as the text bounds it."""
    low, high = stated.low, stated.high
    if low is None and high is None:
        return "no number"
    if stated.modality is Modality.ABOUT and low == high:
        return f"about {low:,}"
    return bounds(low, high)


def bounds(low: int | None, high: int | None) -> str:
    """Return two bounds, either of them open."""
    if low is None:
        return "unknown" if high is None else f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def figure(known: Figure | None) -> str | None:
    """Return low to high, and the best between them where it is neither."""
    if known is None:
        return None
    text = bounds(known.low, known.high)
    if known.best is not None and known.best not in (known.low, known.high):
        return f"{text} (best {known.best:,})"
    return text


def estimate(event: Incident, measure: Measure, group: str | None = None) -> str | None:
    """Return the figure of an incident for a measure and group; None where nothing is stated."""
    known = event.estimate(measure, group)
    return figure(known.figure) if known else None


def group(who: Group) -> str:
    """Return who is counted, or "" where the words do not say."""
    words = [
        value
        for value, unknown in (
            (who.status, Status.UNKNOWN),
            (who.age, "unknown"),
            (who.sex, "unknown"),
            (who.role, None),
            (who.side, None),
        )
        if value != unknown and value is not None
    ]
    if who.attacker:
        words.append("attacker")
    if who.status_said_by:
        words.append(f"status said by {who.status_said_by}")
    return ", ".join(words)


def place(known: Place | None) -> str | None:
    """Return a place by name and area; an unresolved one by its words, marked so."""
    if known is None:
        return None
    if known.name is None:
        return f"“{known.quote.text}” (not resolved)" if known.quote else None
    area = known.admin1 if known.admin1 != known.name else None
    return f"{known.name}, {area}" if area else known.name


def when(period: When | None) -> str | None:
    """Return a period as days."""
    if period is None:
        return None
    start = period.start.isoformat() if period.start else None
    end = period.end.isoformat() if period.end else None
    if start is None and end is None:
        # "until the ceasefire", "the day after the siege": only the words themselves tell
        words = period.quote.text if period.quote else f"until {period.anchor}"
        return words if period.anchor else None
    if start == end:
        return start
    if end is None:
        return f"from {start}" + (f" until {period.anchor}" if period.anchor else "")
    return f"{start} to {end}" if start else f"until {end}"


def blamed(actors: Iterable[Actor]) -> str:
    """Return the alleged perpetrators with their hedges."""
    return "; ".join(f"{a.name} ({a.hedge or a.stance})" for a in actors)


def said_by(sources: Iterable[Source]) -> str:
    """Return who says it, from who saw it to who relayed it."""
    return " via ".join(source.name for source in sources)
