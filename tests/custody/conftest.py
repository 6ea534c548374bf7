import os

import pytest


@pytest.fixture
def full() -> bool:
    """Whether to try everything (`make torture`) or a sample (`make test`)."""
    return os.environ.get("CENOTAPH_TORTURE") == "full"
