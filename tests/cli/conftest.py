import json
from pathlib import Path

import pytest

TEXT = "On 7 February 12 killed. Then 3 killed."


@pytest.fixture
def record(tmp_path: Path, command, plain_steps) -> Path:
    path = tmp_path / "record.db"
    assert command("init", path, "--no-default-gazetteer").status == 0
    return path


@pytest.fixture
def jsonl(tmp_path: Path):
    """Write rows (or raw bytes) as lines of a file."""

    def write(*rows, name: str = "reports.jsonl") -> Path:
        path = tmp_path / name
        lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path

    return write
