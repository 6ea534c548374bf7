"""What guards the workbench: who may ask, what may change, what a page may load.

It listens on this machine alone. A page of another site, open in the same browser, may still try
to reach it: such requests name a foreign host (then they are refused), come from a foreign origin
(then they change nothing), or lack the token that only our own forms carry.
"""

import hmac
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "token"
HEADER = "x-cenotaph-token"

FILES, FIELDS = 5_000, 20_000
"""Files and fields that one form may hold."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-frame-options": "DENY",
}


SEAL = "seal"
"""The field of an address by which a message in it is known for our own."""

_KEY = secrets.token_bytes(32)


def seal(told: str, undo: str, back: str) -> str:
    """Return what marks a message, with what it offers, as one of this run of the workbench.

    Whoever makes somebody follow a link could else put any words into the program's mouth.
    """
    said = "\0".join((told, undo, back)).encode("utf-8", "surrogatepass")
    return hmac.new(_KEY, said, "sha256").hexdigest()[:32]


class Forbidden(Exception):
    """A request that may not do what it asks; the message says what to do."""


class Guard:
    """Refuses foreign hosts and origins, and sets the headers that every answer carries."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = HOSTS) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                answer.setdefault("cache-control", "no-store")
            await send(message)

        if refusal is not None:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _refusal(self, method: str, headers: Headers) -> str | None:
        """Return why a request is refused, or None."""
        host = headers.get("host", "")
        if bare(host) not in self._hosts:
            return "This workbench answers only under the address of this machine."
        if method in SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None and not same(origin, host):
            return "A change must come from the workbench's own pages."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "A change must come from the workbench's own pages."
        return None


def bare(host: str) -> str:
    """Return a host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def same(origin: str, host: str) -> bool:
    """Tell whether an origin is the host that was asked."""
    parts = urlsplit(origin)
    return parts.scheme == "http" and parts.netloc == host


def new_token() -> str:
    """Return the token that the forms of one run of the workbench carry."""
    return secrets.token_urlsafe(32)


async def authorise(request: Request) -> FormData:
    """Return the form of a request that may change the record. Raises Forbidden.

    The one place that decides: with one person at one machine, whoever holds the token of our own
    forms may do everything, unless the workbench was started to be read alone.
    """
    state = request.app.state
    form = await request.form(max_files=FILES, max_fields=FIELDS)
    given = request.headers.get(HEADER) or form.get(FIELD)
    if not isinstance(given, str):
        given = ""
    if not hmac.compare_digest(given.encode(), state.token.encode()):
        raise Forbidden("This form is from an earlier run of the workbench. Reload the page.")
    if state.read_only:
        raise Forbidden("This workbench was started for reading alone.")
    return form
