"""Pages from the network, as archives of every request and answer; nothing but global addresses."""

import io
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from cenotaph.ingest.addresses import Forbidden, NoHost, resolved
from cenotaph.ingest.pieces import Input

HOPS = 10
SECONDS = 60.0
"""Seconds for a page with all its redirects."""

PATIENCE = 15.0
"""Seconds for a connection, and for each piece of an answer."""

LARGEST = 32 * 1024 * 1024
"""Bytes of an answer."""

AGENT = "Mozilla/5.0 (compatible; cenotaph; archiving reports of harm to civilians)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NotFetched(Exception):
    """A page that could not be had; `code` and the message say why."""

    def __init__(self, code: str, message: str, *, again: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.again = again


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: where it came from in the end, its status, and the archive of all that passed."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    warc: bytes = field(repr=False)

    def as_input(self) -> Input:
        """Return the archive as an input; all of it is kept, the redirects too."""
        return Input(
            id=self.url,
            name=self.url,
            raw=self.warc,
            keep=self.warc,
            media_type="application/warc",
        )


def backend(loopback: bool) -> Any:
    """Return what opens connections: to an address that was looked at, and to no other."""
    import httpcore

    class Guarded(httpcore.SyncBackend):
        def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> Any:
            problem: Exception | None = None
            for address in resolved(host, port, loopback=loopback):
                try:
                    return super().connect_tcp(address, port, *args, **options)
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    problem = error
            raise problem or Forbidden(f"{host} has no address.")

        def connect_unix_socket(self, *_: Any, **__: Any) -> Any:
            raise Forbidden("Sockets of this machine are not reached.")

    return Guarded()


def fetch(url: str, *, headers: Mapping[str, str] | None = None, loopback: bool = False) -> Fetched:
    """Fetch a page and archive it. Raises NotFetched.

    Every hop is a request of its own, whose host is asked for and looked at anew. `headers` are
    those of a conditional request. `loopback` lets this machine's own servers through, for tests.
    """
    import httpcore

    until = time.monotonic() + SECONDS
    archive = Archive()
    with httpcore.ConnectionPool(
        network_backend=backend(loopback), http1=True, http2=False, retries=0,
        max_keepalive_connections=0,
    ) as pool:  # fmt: skip
        for _ in range(HOPS + 1):
            where = checked(url)
            sent = {"Host": where.netloc.decode("ascii"), "User-Agent": AGENT, "Accept": "*/*",
                    "Accept-Encoding": "gzip, identity", **(headers or {})}  # fmt: skip
            try:
                status, answered, body = asked(pool, where, sent, until)
            except Forbidden as error:
                raise NotFetched("forbidden-address", str(error)) from error
            except NoHost as error:
                raise NotFetched("no-answer", str(error)) from error
            except (httpcore.TimeoutException, TimeoutError) as error:
                raise NotFetched("too-slow", f"{url} did not answer in time.") from error
            except (
                httpcore.NetworkError,
                httpcore.ProtocolError,
                OSError,
            ) as error:
                said = str(error) or type(error).__name__
                raise NotFetched("no-answer", f"{url} could not be had: {said}.") from error
            archive.add(url, sent, status, answered, body)
            named = {name.lower(): value for name, value in reversed(answered)}
            if status in REDIRECTS and "location" in named:
                url = urljoin(url, named["location"])
                continue
            return Fetched(url=url, status=status, headers=named, body=body, warc=archive.content())
    raise NotFetched("too-many", f"The page leads on more than {HOPS} times.")


def checked(url: str) -> Any:
    """Return a URL that may be asked for. Raises NotFetched."""
    import httpx

    try:
        where = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise NotFetched("bad-address", f"{url!r} is no address of a page: {error}.") from error
    if where.scheme not in ("http", "https") or not where.host:
        raise NotFetched("bad-address", f"{url!r} is no address of a page (http or https).")
    if where.userinfo:
        raise NotFetched("bad-address", f"{url!r} holds a name or a password.")
    return where


Headers = list[tuple[str, str]]


def asked(
    pool: Any, where: Any, sent: Mapping[str, str], until: float
) -> tuple[int, Headers, bytes]:
    """Ask for a page and return its status, headers and bytes, as they were sent."""
    import httpcore

    patience = {"connect": PATIENCE, "read": PATIENCE, "write": PATIENCE, "pool": PATIENCE}
    request = httpcore.Request(
        b"GET",
        httpcore.URL(
            scheme=where.raw_scheme, host=where.raw_host, port=where.port, target=where.raw_path
        ),
        headers=[(name.encode(), value.encode()) for name, value in sent.items()],
        extensions={"timeout": patience},
    )
    response = pool.handle_request(request)
    try:
        parts, size = [], 0
        for part in response.stream:
            parts.append(part)
            size += len(part)
            if size > LARGEST:
                raise NotFetched("too-long", f"{where} has more than {LARGEST} bytes.")
            if time.monotonic() > until:
                raise NotFetched("too-slow", f"{where} took more than {SECONDS:.0f} seconds.")
    finally:
        response.close()
    answered = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in response.headers]
    return response.status, answered, b"".join(parts)


class Archive:
    """A WARC of requests and answers."""

    def __init__(self) -> None:
        from warcio.warcwriter import WARCWriter

        self._made = io.BytesIO()
        self._writer = WARCWriter(self._made, gzip=True)

    def add(
        self, url: str, sent: Mapping[str, str], status: int, answered: Headers, body: bytes
    ) -> None:
        """Add a request and its answer.

        The answer's body is kept as sent but for the pieces it came in, so the header that tells of
        pieces is left out.
        """
        from http import HTTPStatus

        from warcio.statusandheaders import StatusAndHeaders

        day = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
        kept = [(n, v) for n, v in answered if n.lower() != "transfer-encoding"]
        reply = StatusAndHeaders(f"{status} {phrase}".strip(), kept, protocol="HTTP/1.1")
        response = self._writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=reply,
            warc_headers_dict={"WARC-Date": day},
        )  # fmt: skip
        path = checked(url).raw_path.decode("ascii")
        line = StatusAndHeaders(f"GET {path} HTTP/1.1", list(sent.items()), is_http_request=True)
        request = self._writer.create_warc_record(
            url, "request", payload=io.BytesIO(), length=0, http_headers=line,
            warc_headers_dict={"WARC-Date": day},
        )  # fmt: skip
        self._writer.write_request_response_pair(request, response)

    def content(self) -> bytes:
        """Return the archive's bytes."""
        return self._made.getvalue()


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Return the seconds after which a server says to ask again, or None where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def pages(urls: list[str], *, loopback: bool = False) -> Iterator[tuple[str, Fetched | NotFetched]]:
    """Yield what became of each address."""
    for url in urls:
        try:
            found = fetch(url, loopback=loopback)
        except NotFetched as error:
            yield url, error
            continue
        if 200 <= found.status < 300:
            yield url, found
        else:
            message = f"{url} answered with status {found.status}."
            yield url, NotFetched("no-answer", message, again=wait_of(found.headers))
