"""Identifiers: stable, derived from what a thing is, never from when or in which order it came."""

import hashlib
from json.encoder import encode_basestring
from typing import NewType

CaptureId = NewType("CaptureId", str)
DocumentId = NewType("DocumentId", str)
ClaimId = NewType("ClaimId", str)
IncidentId = NewType("IncidentId", str)


def make_id(kind: str, *parts: object) -> str:
    """Return an identifier derived only from `parts`: `kind-` and 16 hexadecimal digits."""
    # As `json.dumps` writes a list of strings, which makes an encoder at each call.
    payload = f"[{', '.join(map(encode_basestring, [kind, *map(str, parts)]))}]"
    digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:16]}"
