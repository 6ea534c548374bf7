"""Small drawings as SVG, made on the server; colours and lines are the style sheet's."""

from markupsafe import Markup

from cenotaph.model import Count

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
