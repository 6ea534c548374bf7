"""Tiles of one's own: drawn from files beside the record, and from nowhere else."""

import base64
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of

PNG = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


@pytest.fixture
def folder(copy: Path) -> Path:
    made = copy.parent / "basemap"
    made.mkdir()
    return made


@pytest.fixture
def desk(copy: Path, folder: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        yield client


def packed(place: Path, **told: str) -> None:
    """Write a file of tiles: one at zoom 1 in the north-east, whose row counts from the south."""
    with sqlite3.connect(place) as file:
        file.execute("CREATE TABLE metadata (name, value)")
        file.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        file.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        file.execute("INSERT INTO tiles VALUES (1, 1, 1, ?)", (PNG,))
    file.close()


def test_a_file_of_tiles_is_a_layer_with_its_attribution_as_text(desk, folder):
    packed(folder / "town plan.mbtiles", format="png", attribution="<a href=x>Survey</a> of Orun")
    page = desk.get("/map").text
    assert "town%20plan" in page and "Survey of Orun" in page and "&lt;a href=x" not in page
    answer = desk.get("/map/tiles/town plan/1/1/0")
    assert answer.content == PNG and answer.headers["content-type"] == "image/png"
    assert desk.get("/map/tiles/town plan/1/1/1").status_code == 204


def test_a_folder_of_tiles_is_a_layer(desk, folder):
    (folder / "aerial" / "3" / "4").mkdir(parents=True)
    (folder / "aerial" / "3" / "4" / "2.png").write_bytes(PNG)
    assert "aerial" in desk.get("/map").text
    assert desk.get("/map/tiles/aerial/3/4/2").content == PNG


@pytest.mark.parametrize(
    "address",
    [
        "/map/tiles/nothing/1/1/0", "/map/tiles/aerial/3/99/2", "/map/tiles/aerial/99/0/0",
        "/map/tiles/..%2f..%2frecord.db/0/0/0", "/map/tiles/hostile/0/0/0",
    ],
)  # fmt: skip
def test_what_is_no_tile_is_not_given(desk, folder, address):
    (folder / "hostile" / "0" / "0").mkdir(parents=True)
    (folder / "hostile" / "0" / "0" / "0.png").write_bytes(b"<script>alert(1)</script>")
    answer = desk.get(address)
    assert answer.status_code in (204, 404) and b"script>alert" not in answer.content


@pytest.mark.parametrize(
    "content", [b"", b"no file of tiles", b"SQLite format 3\x00" + b"\xff" * 90]
)
def test_a_file_that_holds_no_tiles_is_passed_over(desk, folder, content):
    (folder / "broken.mbtiles").write_bytes(content)
    packed(folder / "vector.mbtiles", format="pbf")
    page = desk.get("/map")
    assert page.status_code == 200
    assert "broken" not in page.text and "vector" not in page.text
