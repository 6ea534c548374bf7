"""Small drawings as SVG, made on the server; colours and lines are the style sheet's."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from cenotaph.model import Count
from cenotaph.web.language import say
from cenotaph.web.wording import SHORT_MONTHS

WIDTH, HEIGHT, EDGE = 240, 16, 6


def dots(count: Count, most: int, used: bool) -> Markup:
    """Return a count on a scale from nothing to `most`: a dot, a bar, or an arrow where open."""
    low, high = count.low, count.high
    if (low is None and high is None) or not most:
        return Markup("")
    span = WIDTH - 2 * EDGE - 10
    first = EDGE + round(span * (low if low is not None else 0) / most)
    last = EDGE + round(span * (high if high is not None else low or 0) / most)
    middle = HEIGHT // 2
    drawn = [f'<line class="axis" x1="{EDGE}" y1="{middle}" x2="{WIDTH - EDGE}" y2="{middle}"/>']
    if last > first:
        drawn.append(
            f'<rect class="span" x="{first}" y="{middle - 3}" width="{last - first}" height="6"/>'
        )
    if high is None:
        drawn.append(f'<path class="open" d="M{first + 5} {middle}h9m-4 -4l4 4l-4 4"/>')
    for at in {first, last} if low is not None else {last}:
        drawn.append(f'<circle class="dot" cx="{at}" cy="{middle}" r="4"/>')
    kind = "dots" if used else "dots copy"
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
    )


def months(rows: Sequence[tuple[str, int, int]], title: str) -> Markup:
    """Return bars a month (name, low, high): solid to the low, outlined to the high."""
    if not rows:
        return Markup("")
    most = max(high for _, _, high in rows) or 1
    width, gap, height, foot = 36, 8, 140, 48
    drawn = []
    for at, (name, low, high) in enumerate(rows):
        left = 40 + at * (width + gap)
        year, _, month = name.partition("-")
        told = say(SHORT_MONTHS[int(month) - 1])
        below = f'<tspan x="{left + width // 2}" dy="14">{escape(year)}</tspan>'
        below = below if at == 0 or month == "01" else ""
        to_low, to_high = round(height * low / most), round(height * high / most)
        drawn.append(
            f'<rect class="high" x="{left}" y="{height - to_high + 14}" width="{width}" '
            f'height="{to_high}"/><rect class="low" x="{left}" y="{height - to_low + 14}" '
            f'width="{width}" height="{to_low}"/><text x="{left + width // 2}" '
            f'y="{height - to_high + 10}">{bounds(low, high)}</text><text class="name" '
            f'x="{left + width // 2}" y="{height + 30}">{escape(told)}{below}</text>'
        )
    across = 40 + len(rows) * (width + gap) + 10
    return Markup(
        f'<svg class="months" viewBox="0 0 {across} {height + foot + 14}" width="{across}" '
        f'height="{height + foot + 14}" role="img" aria-labelledby="months-title">'
        f'<title id="months-title">{escape(title)}'
        f'</title><line class="axis" x1="34" y1="{height + 14}" x2="{across}" '
        f'y2="{height + 14}"/>{"".join(drawn)}</svg>'
    )


def bounds(low: int, high: int) -> str:
    """Return two bounds as a bar's label."""
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
