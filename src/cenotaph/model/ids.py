"""Identifiers: stable, derived from what a thing is, never from when or in which order it came."""

import hashlib
import json
from typing import NewType

CaptureId = NewType("CaptureId", str)
DocumentId = NewType("DocumentId", str)
ClaimId = NewType("ClaimId", str)
IncidentId = NewType("IncidentId", str)


def make_id(kind: str, *parts: object) -> str:
    """Return an identifier derived only from `parts`: `kind-` and 16 hexadecimal digits."""
    payload = json.dumps([kind, *map(str, parts)], ensure_ascii=False)
    digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:16]}"
