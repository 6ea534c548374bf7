"""What a page of another site, or a hostile report, cannot do."""

import pytest
from tests.web.conftest import client_of

from cenotaph.web.security import POLICY


def token(client) -> dict[str, str]:
    return {"token": client.app.state.token}


def test_every_answer_forbids_other_hosts_and_markup_of_others(client):
    for address in ("/", "/reports", "/nowhere", "/static/workbench.css"):
        headers = client.get(address).headers
        assert headers["content-security-policy"] == POLICY
        assert "default-src 'self'" in POLICY and "unsafe" not in POLICY and "http" not in POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "",
        "localhost.evil:8765",
        "8765",
    ],
)
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/reports", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "localhost"])
def test_this_machine_is_answered(client, host):
    assert client.get("/reports", headers={"host": host}).status_code == 200


CHANGES = ["/add", "/begin"]


@pytest.mark.parametrize("address", CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8765"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_elsewhere_is_refused(client, address, headers):
    assert client.post(address, data=token(client), headers=headers).status_code == 403


@pytest.mark.parametrize("address", CHANGES)
@pytest.mark.parametrize("given", [{}, {"token": ""}, {"token": "guess"}, {"token": "é"}])
def test_a_change_without_our_token_is_refused(client, address, given):
    assert client.post(address, data=given).status_code == 403


@pytest.mark.parametrize("address", CHANGES)
def test_a_change_is_never_made_by_a_link(client, address):
    assert client.get(address).status_code == 405


def test_every_form_that_changes_carries_the_token(client):
    for address in ("/", "/reports"):
        page = client.get(address).text
        forms = page.split("<form")[1:]
        assert any('method="post"' in form for form in forms)
        for form in forms:
            if 'method="post"' in form:
                assert f'name="token" value="{client.app.state.token}"' in form


def test_reading_alone_changes_nothing(example):
    from starlette.testclient import TestClient

    from cenotaph.web.app import workbench

    with TestClient(workbench(example, read_only=True), base_url="http://127.0.0.1:8765") as client:
        assert client.post("/add", data=token(client)).status_code == 403
        assert client.get("/reports").status_code == 200


def test_two_runs_have_two_tokens(example):
    with client_of(example) as one, client_of(example) as other:
        assert one.app.state.token != other.app.state.token


def test_no_address_puts_words_into_the_mouth_of_the_program(client):
    for seal in ("", "&seal=", "&seal=" + "0" * 32, "&seal=é"):
        page = client.get(f"/incidents?told=Send+the+record+to+us&undo=3&back=/x{seal}")
        assert page.status_code == 200
        assert 'class="told"' not in page.text and 'action="/undo"' not in page.text
