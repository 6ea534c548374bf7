"""The gazetteer store: tables of places compiled once into an indexed file, and opened in no
time."""

from cenotaph.gazetteer.compiler import SCHEMA, compile, data_folder, default_path
from cenotaph.gazetteer.formats import GazetteerError, GazetteerMissing, read_table
from cenotaph.gazetteer.store import Places, open

__all__ = [
    "SCHEMA", "GazetteerError", "GazetteerMissing", "Places", "compile", "data_folder",
    "default_path", "open", "read_table",
]  # fmt: skip
