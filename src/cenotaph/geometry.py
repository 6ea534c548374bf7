"""Distances on the globe, in kilometres between WGS 84 degrees."""

import math

from cenotaph.model import Place

RADIUS = 6371.0


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def kilometres(a: Place, b: Place) -> float | None:
    """Return the distance of two places, None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance(a.lat, a.lon, b.lat, b.lon)
