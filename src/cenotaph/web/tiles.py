"""The user's own map tiles: files beside the record, never fetched from anywhere.

In the folder `basemap` beside the record a file `NAME.mbtiles`, or a folder `NAME` with pictures
`Z/X/Y.png` (or .jpg, .webp), is a layer below the outlines. Vector tiles are passed over.
"""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.web.held import Held
from cenotaph.web.pages import held_by

DEEPEST = 22
KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
"""What tiles may be, by their first bytes."""

ENDINGS = ("png", "jpg", "jpeg", "webp")
MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Layer:
    """Tiles of one file or folder: how deep they go, and to whom they are owed."""

    name: str
    place: Path
    deepest: int
    attribution: str = ""


def layers(held: Held) -> Mapping[str, Layer]:
    """Return the layers of tiles beside a record, by name; what is none is passed over."""
    folder = held.path.absolute().parent / "basemap"
    found: dict[str, Layer] = {}
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.suffix == ".mbtiles" and place.is_file():
            layer = of_file(place)
        elif place.is_dir():
            depths = [int(each.name) for each in place.iterdir() if each.name.isdecimal()]
            layer = Layer(place.name, place, min(max(depths), DEEPEST)) if depths else None
        else:
            layer = None
        if layer is not None:
            found.setdefault(layer.name, layer)
    return found


def of_file(place: Path) -> Layer | None:
    """Return the layer of an mbtiles file, None where it holds no pictures."""
    try:
        with closing(opened(place)) as file:
            told = dict(file.execute("SELECT name, value FROM metadata").fetchall())
            deepest = file.execute("SELECT max(zoom_level) FROM tiles").fetchone()[0]
    except sqlite3.Error:
        return None
    if deepest is None or told.get("format") == "pbf":
        return None
    owed = " ".join(MARKUP.sub("", str(told.get("attribution") or "")).split())[:300]
    return Layer(place.stem, place, min(int(deepest), DEEPEST), owed)


def opened(place: Path) -> sqlite3.Connection:
    """Open a file of tiles to be read alone."""
    return sqlite3.connect(f"{place.as_uri()}?mode=ro&immutable=1", uri=True, timeout=2)


def picture(layer: Layer, z: int, x: int, y: int) -> bytes | None:
    """Return one tile, None where there is none. Rows of mbtiles are counted from the south."""
    if not (0 <= z <= DEEPEST and 0 <= x < 1 << z and 0 <= y < 1 << z):
        return None
    if layer.place.is_dir():
        for ending in ENDINGS:
            file = layer.place / str(z) / str(x) / f"{y}.{ending}"
            if file.is_file():
                return file.read_bytes()
        return None
    asked = "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?"
    try:
        with closing(opened(layer.place)) as tiles:
            row = tiles.execute(asked, (z, x, (1 << z) - 1 - y)).fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row is not None and isinstance(row[0], bytes) else None


def tile(request: Request) -> Response:
    """Give one tile of a layer; an empty answer where there is none or it is no picture."""
    layer = layers(held_by(request)).get(request.path_params["name"])
    at = (request.path_params["z"], request.path_params["x"], request.path_params["y"])
    content = picture(layer, *at) if layer is not None else None
    kind = next((kind for head, kind in KINDS.items() if (content or b"").startswith(head)), None)
    if content is None or kind is None:
        return Response(status_code=204)
    return Response(content, media_type=kind, headers={"cache-control": "max-age=3600"})


ROUTES = [Route("/map/tiles/{name}/{z:int}/{x:int}/{y:int}", tile)]
