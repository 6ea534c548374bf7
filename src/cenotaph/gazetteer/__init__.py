"""The gazetteer store: tables of places compiled once into an indexed file, and opened in no
time."""

from cenotaph.gazetteer.compiler import compile, data_folder, default_path
from cenotaph.gazetteer.formats import GazetteerError, read_table
from cenotaph.gazetteer.store import Places, open

__all__ = [
    "GazetteerError", "Places", "compile", "data_folder", "default_path", "open", "read_table",
]  # fmt: skip
