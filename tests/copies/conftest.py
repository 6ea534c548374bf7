"""Makes the factories of claims importable from every folder that tests linking and totals."""

import sys
from pathlib import Path

FACTORIES = str(Path(__file__).parent.parent / "link")
if FACTORIES not in sys.path:
    sys.path.insert(0, FACTORIES)
