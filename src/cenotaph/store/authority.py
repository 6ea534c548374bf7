"""What time-stamping authorities are asked and answer (RFC 3161), checked without network.

Its libraries take a while to import; only what deals with time-stamps imports this.
"""

import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from cenotaph.store.record import RecordError


def request(message: bytes) -> bytes:
    """Return a request to stamp a message, as authorities take it."""
    builder = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    return bytes(builder.cert_request(cert_request=True).build().as_bytes())


def imprint(response: bytes) -> bytes:
    """Return the digest that an answer stamps. Raises RecordError."""
    return bytes(_decoded(response).tst_info.message_imprint.message)


def certificates(pem: bytes) -> list[str]:
    """Return each certificate of a PEM file for itself. Raises RecordError."""
    return [each.public_bytes(Encoding.PEM).decode() for each in _certificates(pem)]


def checked(response: bytes, message: bytes, *, roots: bytes) -> tuple[str, str, str]:
    """Return when, by whom, and by which root (its SHA-256) a message was stamped.

    Raises RecordError where the answer does not hold, at its own time and to these roots.
    """
    found, known = _decoded(response), _certificates(roots)
    try:
        VerifierBuilder(roots=list(known)).build().verify(found, hashlib.sha256(message).digest())
    except VerificationError as error:
        raise RecordError(f"This time-stamp does not hold: {error}.") from error
    time = found.tst_info.gen_time.isoformat().replace("+00:00", "Z")
    root = known[0]
    return time, root.subject.rfc4514_string(), root.fingerprint(hashes.SHA256()).hex()


def _decoded(response: bytes) -> TimeStampResponse:
    try:
        found = decode_timestamp_response(response)
        found.tst_info  # noqa: B018 an answer without a stamp fails here
    except ValueError as error:
        raise RecordError(f"This is no time-stamp: {error}.") from error
    return found


def _certificates(pem: bytes) -> Sequence[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise RecordError(f"This is no certificate: {error}.") from error
