"""Distances on the globe, in kilometres between WGS 84 degrees."""

import math
from typing import Protocol

RADIUS = 6371.0


class Point(Protocol):
    """What has coordinates, if they are known: a place, or an entry of a gazetteer."""

    @property
    def lat(self) -> float | None:
        """Degrees north, None where they are not known."""

    @property
    def lon(self) -> float | None:
        """Degrees east, None where they are not known."""


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def kilometres(a: Point, b: Point) -> float | None:
    """Return the distance of two points, None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance(a.lat, a.lon, b.lat, b.lon)
