"""`fetch` and `watch`, against servers of this machine behind the switch for tests."""

import http.server
import sqlite3
import threading

import pytest

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Meridian</title>
<item><guid>one</guid><link>{at}/page</link><description>{text}</description></item></channel></rss>"""
PAGE = "<html><body><p>12 killed when a shell hit the market of Sarbek on Sunday, doctors said.</p></body></html>"


@pytest.fixture
def server():
    state = {"text": "5 killed in Sarbek.", "tag": "v1", "status": 200}
    asked: list = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("If-None-Match")))
            if self.path == "/page":
                self.answer(200, PAGE.encode(), {"Content-Type": "text/html"})
            elif state["status"] != 200:
                self.answer(state["status"], b"", {"Retry-After": "7200"})
            elif self.headers.get("If-None-Match") == state["tag"]:
                self.answer(304, b"", {})
            else:
                body = FEED.format(at=running.at, text=state["text"]).encode()
                self.answer(
                    200, body, {"ETag": state["tag"], "Content-Type": "application/rss+xml"}
                )

        def answer(self, status, body, headers):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.at = f"http://127.0.0.1:{running.server_port}"
    running.state, running.asked = state, asked
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def test_nothing_is_fetched_for_a_record_that_did_not_allow_it(command, record, server):
    for name in ("fetch", "watch"):
        assert command(name, record, f"{server.at}/page", "--loopback").status == 2
    assert server.asked == []
    assert command("fetch", record, f"{server.at}/page", "--network").status == 1  # no loopback
    assert server.asked == []
    assert command("fetch", record, f"{server.at}/page", "--loopback").status == 0
    assert command("fetch", record, f"{server.at}/page", "--loopback", "--no-network").status == 2


def test_a_fetched_page_is_a_report_with_its_archive(command, record, server):
    answer = command(
        "fetch",
        record,
        f"{server.at}/page",
        f"{server.at}/page",
        "--loopback",
        "--network",
        "--json",
    )
    assert [row["state"] for row in answer.rows] == ["stored", "duplicate"] or [
        row["state"] for row in answer.rows
    ] == ["stored", "unchanged"]
    (claim, *_) = command("claims", record, "--json").rows
    assert claim["count"]["low"] == 12
    ((content, url),) = sqlite3.connect(record).execute(
        "SELECT content, url FROM captures JOIN documents ON documents.capture_id = captures.id LIMIT 1"
    )
    assert content.startswith(b"\x1f\x8b")
    assert url == f"{server.at}/page"


def test_a_feed_is_asked_only_for_what_changed_and_again_later_where_it_fails(
    command, record, server
):
    feed = f"{server.at}/feed"

    def watch(*more):
        return command("watch", record, *more, "--loopback", "--json")

    assert [row["id"] for row in watch(feed, "--network").rows] == ["one"]
    assert watch().rows == []
    assert server.asked == [("/feed", None), ("/feed", "v1")]

    server.state.update(text="7 killed in Sarbek.", tag="v2")
    (row,) = watch().rows
    assert (row["state"], row["id"][:4]) == ("stored", "one#")

    server.state["status"] = 503
    failed = watch()
    assert failed.status == 1
    assert "503" in failed.err
    before = len(server.asked)
    assert "is not asked before" in watch().err
    assert len(server.asked) == before
    entries = sqlite3.connect(record).execute("SELECT entry, state FROM feed_entries").fetchall()
    assert ("one", "stored") in entries
    assert len(entries) == 2
    failures, due = (
        sqlite3.connect(record)
        .execute("SELECT failures, due_at > checked_at FROM feeds")
        .fetchone()
    )
    assert (failures, due) == (1, 1)


def test_the_page_of_a_new_entry_is_fetched_once(command, record, server):
    feed = f"{server.at}/feed"
    rows = command("watch", record, feed, "--pages", "--loopback", "--network", "--json").rows
    assert [row["state"] for row in rows] == ["stored", "stored"]
    server.state["tag"] = "v2"
    rows = command("watch", record, feed, "--pages", "--loopback", "--json").rows
    assert [row["state"] for row in rows] == ["unchanged"]
    assert [path for path, _ in server.asked].count("/page") == 1
