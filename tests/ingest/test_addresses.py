"""No packet to an address that is not of the open network, however it is written or led to."""

import http.server
import ipaddress
import socket
import threading

import pytest

from cenotaph.ingest import fetching
from cenotaph.ingest.addresses import Forbidden, is_global, resolved
from cenotaph.ingest.fetching import NotFetched, fetch

SPELLINGS = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/", "http://0/",
    "http://0.0.0.0/", "http://0x0/", "http://localhost/", "http://LOCALHOST/", "http://localhost./",
    "http://127.0.0.1./", "http://①②⑦.0.0.1/", "http://１２７.0.0.1/", "http://127。0。0。1/",
    "http://127.127.127.127/", "http://127.0.0.1:80/", "http://127.0.0.1:22/", "http://127.0.0.1:8080/x?y#z",
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::1]/", "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:7f00:0001]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/", "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/", "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/",
    "http://[fe80::1]/", "http://[fe80::1%25lo]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://[100::1]/", "http://[3fff::1]/", "http://[::ffff:169.254.169.254]/",
    "http://10.0.0.1/", "http://10.1/", "http://0xa000001/", "http://012.0.0.1/", "http://172.16.0.1/",
    "http://172.31.255.255/", "http://192.168.0.1/", "http://192.168.1/", "http://3232235521/",
    "http://169.254.169.254/latest/meta-data/", "http://0xa9fea9fe/", "http://2852039166/", "http://0251.0376.0251.0376/",
    "http://100.64.0.1/", "http://198.18.0.1/", "http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.1/",
    "http://192.0.0.1/", "http://192.88.99.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/",
    "http://255.255.255.255/", "http://inside.example/", "http://half.example/", "http://six.example/",
    "http://metadata.example/", "http://user:word@127.0.0.1/", "http://127.0.0.1@inside.example/",
    "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:70/", "http:///", "http://", "//127.0.0.1/", "127.0.0.1",
    "http://\x00/", "http://127.0.0.1\t/", "javascript:alert(1)", "unix:///var/run/docker.sock",
]  # fmt: skip
NAMES = {
    "inside.example": ["10.0.0.7"],
    "half.example": ["93.184.215.14", "127.0.0.1"],
    "six.example": ["::1"],
    "metadata.example": ["169.254.169.254"],
    "localhost": ["127.0.0.1"],
    "outside.example": ["93.184.215.14"],
}


@pytest.fixture
def packets(monkeypatch) -> list:
    """Every connection that is tried; none is let through, and no name is asked for outside."""
    tried: list = []
    numeric = socket.getaddrinfo

    def look(host, port, *args, **options):
        name = host.decode() if isinstance(host, bytes) else host
        known = NAMES.get(name.lower().rstrip("."))
        if known is not None:
            return [
                (socket.AF_INET6 if ":" in a else socket.AF_INET, 1, 6, "", (a, port))
                for a in known
            ]
        options.pop("flags", None)
        try:
            socket.inet_aton(name)  # spellings of numbers, as the system takes them
            return numeric(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return numeric(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def stop(self, address, *_):
        tried.append(address)
        raise ConnectionRefusedError("stopped by the test")

    monkeypatch.setattr(socket, "getaddrinfo", look)
    monkeypatch.setattr(socket.socket, "connect", stop)
    monkeypatch.setattr(socket.socket, "connect_ex", stop)
    monkeypatch.setattr(socket.socket, "sendto", stop)
    return tried


def test_there_are_enough_spellings():
    assert len(set(SPELLINGS)) >= 60


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_a_forbidden_address_is_connected_to(url, packets):
    with pytest.raises(NotFetched) as error:
        fetch(url)
    # A spelling that no system takes for a number is a name, and one that no host has.
    unknown = error.value.code == "no-answer" and "No host" in str(error.value)
    assert unknown or error.value.code in ("forbidden-address", "bad-address")
    assert packets == []


def test_a_name_that_no_host_has_is_not_called_forbidden(monkeypatch):
    def look(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look)
    with pytest.raises(NotFetched) as error:
        fetch("http://no-such-host.example/")
    assert error.value.code == "no-answer"
    assert "no-such-host.example" in str(error.value)


def test_a_global_address_would_be_connected_to(packets):
    with pytest.raises(NotFetched):
        fetch("http://outside.example/")
    assert packets == [("93.184.215.14", 80)]


def test_a_name_that_answers_otherwise_the_second_time_is_asked_once(packets, monkeypatch):
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    asked: list = []

    def look(host, port, *_, **__):
        if host == "93.184.215.14":  # to be connected to as it stands
            return [(socket.AF_INET, 1, 6, "", (host, port))]
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", (a, port)) for a in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    with pytest.raises(NotFetched):
        fetch("http://rebinding.example/")
    assert len(asked) == 1
    assert packets == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    ("address", "open_"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("64:ff9b::808:808", True), ("::ffff:8.8.8.8", False),
     ("2002:808:808::1", False), ("::808:808", False), ("10.0.0.1", False), ("fd00::1", False)],
)  # fmt: skip
def test_addresses_are_told_apart(address, open_):
    assert is_global(ipaddress.ip_address(address)) is open_


@pytest.fixture
def server():
    """A server of this machine: its paths say what it does; what was asked is kept."""
    asked: list = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            if self.path.startswith("/to/"):
                self.send_response(302)
                self.send_header("Location", self.path.removeprefix("/to/"))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif self.path.startswith("/round/"):
                self.send_response(302)
                self.send_header("Location", f"/round/{int(self.path.removeprefix('/round/')) + 1}")
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif self.path == "/endless":
                self.send_response(200)
                self.send_header("Content-Length", str(1 << 40))
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b"x" * 65536)
                except OSError:
                    self.close_connection = True
            else:
                body = b"<html><body><p>Twelve people were killed in Sarbek on Sunday, doctors said.</p></body></html>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    running.asked = asked
    running.at = f"http://127.0.0.1:{running.server_port}"
    yield running
    running.shutdown()
    running.server_close()


def test_a_redirect_to_a_forbidden_address_is_not_followed(server, monkeypatch):
    canary = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    connected: list = []
    connect = socket.socket.connect
    monkeypatch.setattr(
        socket.socket, "connect", lambda s, a: (connected.append(a), connect(s, a))[1]
    )
    for target in (f"http://10.0.0.1:{canary.server_port}/", "http://0xa9fea9fe/", "http://[fe80::1]/",
                   "file:///etc/passwd", "//192.168.0.1/"):  # fmt: skip
        with pytest.raises(NotFetched) as error:
            fetch(f"{server.at}/to/{target}", loopback=True)
        assert error.value.code in ("forbidden-address", "bad-address")
    assert {address[0] for address in connected} == {"127.0.0.1"}
    assert {address[1] for address in connected} == {server.server_port}
    canary.server_close()


def test_without_the_switch_for_tests_this_machine_is_not_reached(server):
    with pytest.raises(NotFetched) as error:
        fetch(f"{server.at}/page")
    assert error.value.code == "forbidden-address"
    assert server.asked == []


def test_a_page_is_archived_with_every_hop(server, given):
    found = fetch(f"{server.at}/to/{server.at}/page", loopback=True)
    assert (found.status, found.url) == (200, f"{server.at}/page")
    (report,) = given(found.warc, keep=found.warc).reports
    assert report.document.url == f"{server.at}/page"
    assert report.raw == found.warc


def test_rounds_and_endless_answers_are_ended(server, monkeypatch):
    with pytest.raises(NotFetched) as error:
        fetch(f"{server.at}/round/0", loopback=True)
    assert error.value.code == "too-many"
    monkeypatch.setattr(fetching, "LARGEST", 1 << 20)
    with pytest.raises(NotFetched) as error:
        fetch(f"{server.at}/endless", loopback=True)
    assert error.value.code == "too-long"


def test_a_proxy_of_the_environment_is_not_used(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    assert fetch(f"{server.at}/page", loopback=True).status == 200


def test_a_host_without_addresses_is_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    with pytest.raises(Forbidden):
        resolved("nowhere.example", 80)
