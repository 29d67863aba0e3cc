"""Areas and distances on the globe (ODK XForms: Geographic Functions)."""

import math
from collections.abc import Sequence
from itertools import pairwise

from pitso.xforms.xpath.coerce import NAN

RADIUS = 6_378_100.0
"""Metres: the circumference of the Earth around the Equator, as the specification asks."""

Point = tuple[float, float]


def points(texts: Sequence[str]) -> list[Point] | None:
    """Latitude and longitude in radians of every geopoint in the *texts*, None where one cannot be read."""
    found = []
    for text in texts:
        for piece in text.split(";"):
            if not piece.strip():
                continue
            try:
                latitude, longitude = (float(part) for part in piece.split()[:2])
            except ValueError:
                return None
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                return None
            found.append((math.radians(latitude), math.radians(longitude)))
    return found


def distance(texts: Sequence[str]) -> float:
    """Metres along the points in the order in which they stand."""
    found = points(texts)
    if found is None or len(found) < 2:
        return NAN if found is None else 0.0
    return math.fsum(_between(first, second) for first, second in pairwise(found))


def _between(first: Point, second: Point) -> float:
    """The haversine formula."""
    half = (
        math.sin((second[0] - first[0]) / 2) ** 2
        + math.cos(first[0]) * math.cos(second[0]) * math.sin((second[1] - first[1]) / 2) ** 2
    )
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, half)))


def area(texts: Sequence[str]) -> float:
    """Square metres inside the points, which are closed if they are open."""
    found = points(texts)
    if found is None or len(found) < 3:
        return NAN if found is None else 0.0
    ring = [*found, found[0]]
    total = math.fsum(
        (second[1] - first[1]) * (2 + math.sin(first[0]) + math.sin(second[0])) for first, second in pairwise(ring)
    )
    return abs(total * RADIUS**2 / 2)


def inside(point: str, shape: str) -> bool:
    """Does a geopoint lie inside a geoshape?"""
    here, ring = points([point]), points([shape])
    if not here or not ring:
        return False
    latitude, longitude = here[0]
    crossed = False
    for (lat1, lon1), (lat2, lon2) in pairwise([*ring, ring[0]]):
        if (lat1 > latitude) != (lat2 > latitude):
            crossed ^= longitude < lon1 + (latitude - lat1) / (lat2 - lat1) * (lon2 - lon1)
    return crossed
