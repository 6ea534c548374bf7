"""The pages in a real browser: accessible, quiet, offline, and the whole story by keyboard."""

import html
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error
from tests.web.browsing import Watched, launched, served
from tests.web.test_pages import INCIDENT

SCREENS = {
    "overview": "/",
    "reports": "/reports",
    "document": "/d/orun-2021-02-08",
    "copied": "/d/orun-2021-03-20",
    "review": "/review",
    "claims": "/claims",
    "incidents": "/incidents",
    "incident": f"/i/{INCIDENT}",
    "same-incident": f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6",
    "findings": "/findings",
    "sources": "/sources",
    "totals": "/totals?by=admin1",
    "map": "/map",
    "publish": "/publish?profile=internal&level=settlement",
    "history": "/history",
    "search": "/search?q=raids",
    "help": "/help",
    "missing": "/i/inc-0",
}
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screens"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def base(example: Path) -> Iterator[str]:
    with served(example) as base:
        yield base


@pytest.fixture(params=["light", "dark"], scope="module")
def watched(request, browser: Browser, base: str) -> Iterator[Watched]:
    page = Watched(
        browser, base, color_scheme=request.param, viewport={"width": 1200, "height": 800}
    )
    yield page
    page.close()


def expected(errors: list[str], address: str) -> list[str]:
    """Errors but for the browser's note that a page of ours answered 404."""
    return [each for each in errors if not ("404" in each and address in each)]


@pytest.mark.parametrize("name", SCREENS)
def test_screens_are_accessible_quiet_and_ask_nobody_else(watched: Watched, name: str):
    watched.errors.clear()
    watched.page.goto(SCREENS[name], wait_until="networkidle" if name == "map" else "load")
    assert watched.axe() == []
    assert expected(watched.errors, SCREENS[name]) == []
    assert watched.elsewhere == []


TABLE = "Event;Day;Village;Dead;Kind\n17;07/02/2021;Sarbek;4;Air raid\n18;about May;Binora;3;Mine\n"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_on_the_way_are_accessible_too(browser, copy, tmp_path, scheme):
    """The first pages of a record, those that ask before something is done, and those that say no."""
    (tmp_path / "year.csv").write_text(TABLE)
    with served(tmp_path / "new.db") as base:
        watched = Watched(browser, base, color_scheme=scheme)
        watched.page.goto("/")
        assert watched.page.inner_text("h1") == "A new record" and watched.axe() == []
        watched.close()
    with served(copy) as base:
        watched = Watched(browser, base, color_scheme=scheme)
        page = watched.page
        seen: list[tuple[str, list[str]]] = []

        def look(address: str | None = None) -> None:
            if address is not None:
                page.goto(address)
            seen.append((page.url, watched.axe()))

        page.goto("/review?item=none")
        page.fill("#by", "N.K.")
        page.click("form.initials button")
        look("/bulk?measure=attacks")
        page.goto("/claims")
        claim = page.get_attribute('a[href^="/c/"]', "href")
        look(claim)
        page.click("details.edit > summary")
        for fold in page.locator("details.slot > summary").all():
            fold.click()
        look()
        page.click("details.reject > summary")
        page.check("details.reject input[value='2']")
        page.click("details.reject button")
        page.wait_for_selector(".told")
        look(claim)
        look("/same")
        look("/publish?from=never&ruleset=none")
        page.goto("/reports")
        page.set_input_files("#files", str(tmp_path / "year.csv"))
        page.click("#add button.main")
        page.wait_for_selector("table.columns")
        look()
        page.check("input[value=coded]")
        page.fill("#recorder", "Sarbek Registry")
        page.select_option("#column-3", "killed")
        page.select_option("#column-1", "date")
        page.select_option("#column-4", "event")
        page.click("main button.main")
        page.wait_for_selector("input[name=sure]", state="attached")
        assert "not understood, left unknown: about May" in page.inner_text("main")
        look()
        assert [each for each in seen if each[1]] == []
        assert watched.elsewhere == []
        watched.close()


@pytest.mark.parametrize("name", ["document", "review", "incident", "incidents", "publish", "map"])
def test_at_four_hundred_percent_nothing_needs_scrolling_sideways(browser, base, name):
    narrow = Watched(browser, base, viewport={"width": 320, "height": 640})
    narrow.page.goto(SCREENS[name])
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert narrow.axe() == []
    narrow.close()


OVERFULL = """() => [...document.querySelectorAll(".scroll")]
  .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.ariaLabel)"""


@pytest.mark.parametrize("name", ["reports", "incidents", "incident", "totals", "publish"])
def test_on_a_telephone_no_figure_lies_beyond_the_edge_of_its_table(browser, base, name):
    narrow = Watched(browser, base, viewport={"width": 320, "height": 640})
    narrow.page.goto(SCREENS[name])
    assert narrow.page.evaluate(OVERFULL) == []
    assert narrow.axe() == []
    said = "all => all.filter((each) => !getComputedStyle(each, '::before').content.includes('\"')).length"
    assert narrow.page.locator(".flow tbody td.num").evaluate_all(said) == 0
    narrow.close()


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in ("copied", "help")])
def test_from_right_to_left_the_pages_hold(browser, base, name):
    for width in (1200, 320):
        turned = Watched(browser, base, locale="ar", viewport={"width": width, "height": 800})
        turned.page.goto(SCREENS[name])
        assert turned.page.evaluate("document.documentElement.dir") == "rtl"
        assert turned.axe() == []
        assert turned.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        turned.close()


@pytest.mark.parametrize("name", ["document", "incidents", "review", "map", "publish"])
def test_without_scripts_the_pages_still_read(browser, base, name):
    plain = browser.new_context(base_url=base, java_script_enabled=False).new_page()
    plain.goto(SCREENS[name])
    assert plain.locator("h1").inner_text()
    assert len(plain.locator("main").inner_text()) > 300
    plain.context.close()


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in ("missing", "copied")])
def test_screens_are_pictured(browser, base, name):
    """Pictures are kept in docs/screens; SCREENS=yes makes them anew."""
    target = PICTURES / f"{name}.png"
    if target.exists() and not os.environ.get("SCREENS"):
        pytest.skip("pictured already")
    page = Watched(browser, base, viewport={"width": 1120, "height": 760})
    page.context.add_cookies([{"name": "cenotaph-initials", "value": "N.K.", "url": base}])
    page.page.goto(SCREENS[name], wait_until="networkidle")
    PICTURES.mkdir(exist_ok=True)
    page.page.screenshot(path=target)
    page.close()


def until(page, condition: str) -> None:
    """Wait for something to hold; the pages' policy forbids the browser to evaluate it by itself."""
    for _ in range(600):
        with suppress(Error):  # the page may be on its way to the next
            if page.evaluate(condition):
                return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def focus(page, selector: str) -> None:
    """Reach an element with the Tab key alone."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
    raise AssertionError(f"the Tab key does not reach {selector}")


def test_the_whole_story_by_keyboard_alone(browser, tmp_path):
    """From an empty record to a corrected, published report."""
    with served(tmp_path / "new.db") as base:
        watched = Watched(browser, base, accept_downloads=True)
        page = watched.page
        page.goto("/")
        focus(page, "#by-too")
        page.keyboard.type("N.K.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".finding")
        told = page.inner_text("main")
        assert "At least 57 people have died" in told and "At least 19 people" in told
        focus(page, 'a[href="/review"]')
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-decide]")
        before = page.inner_text(".head")
        page.keyboard.press("r")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        page.wait_for_selector(".told")
        assert "Set aside" in page.inner_text(".told")
        page.keyboard.press("u")
        until(page, "document.querySelector('.told')?.innerText.includes('Taken back')")
        page.goto("/review")
        asked = page.inner_text(".head")
        page.keyboard.press("s")
        until(page, f"document.querySelector('.head')?.innerText !== {asked!r}")
        page.keyboard.press("f")
        page.wait_for_selector(".told")
        assert "Flagged" in page.inner_text(".told")
        page.goto("/review")
        page.keyboard.press("A")
        until(page, "document.querySelector('.told')?.innerText.includes('Accepted')")
        page.keyboard.press("u")
        until(page, "document.querySelector('.told')?.innerText.includes('Taken back')")
        page.goto("/review")
        page.keyboard.press("d")
        page.wait_for_selector("#text")
        page.keyboard.press("/")
        page.keyboard.type("Maarat")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=Maarat")
        page.goto(f"/same?a={INCIDENT}&b=inc-5b4ff412898357e6")
        page.keyboard.press("d")
        until(page, "document.querySelector('.told')?.innerText.includes('different')")
        page.goto("/review")
        page.keyboard.press("e")
        page.keyboard.press("Control+A")
        page.keyboard.type("58")
        focus(page, "input[name=why]")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_selector(".told")
        assert "Changed" in page.inner_text(".told"), before
        focus(page, 'a[href="/publish"]')
        page.keyboard.press("Enter")
        page.wait_for_selector("button[value=html]")
        focus(page, "button[value=html]")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        report = Path(download.value.path()).read_text(encoding="utf-8")
        assert re.search(r"At least <strong>[\d,]+</strong>", report)
        assert watched.errors == [] and watched.elsewhere == []
        watched.close()


def test_a_saved_report_opens_alone_and_is_accessible(browser, base, tmp_path):
    watched = Watched(browser, base, accept_downloads=True)
    watched.page.goto(SCREENS["publish"])
    with watched.page.expect_download() as download:
        watched.page.click("button[value=html]")
    saved = tmp_path / "report.html"
    download.value.save_as(saved)
    watched.close()
    context = browser.new_context(offline=True, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    assert asked == [saved.as_uri()]
    alone = Watched.__new__(Watched)
    alone.page = page
    assert alone.axe() == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(OVERFULL) == []
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_sentences_are_ticked_shown_again_and_printed(browser, base, tmp_path, scripts):
    watched = Watched(browser, base, accept_downloads=True, java_script_enabled=scripts)
    page = watched.page
    page.goto("/publish?profile=public&level=settlement&delay=0")
    box = page.locator(".said input[type=checkbox]").first
    assert not box.is_checked()
    told = page.locator(".said bdi").first.inner_text().split("\n")[0]
    box.check()
    page.click("button[value=show]")
    page.wait_for_url("**q=*")
    assert page.locator(".said input:checked").count() == 1 and "token" not in page.url
    if scripts:
        assert watched.axe() == []
        if os.environ.get("LOOK"):
            page.screenshot(path=os.environ["LOOK"])
    with watched.page.expect_download() as download:
        page.click("button[value=html]")
    report = html.unescape(Path(download.value.path()).read_text(encoding="utf-8"))
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", report) == [told]
    watched.close()


def test_of_many_sentences_those_that_are_looked_for_are_shown_and_none_is_lost(browser, base):
    watched = Watched(browser, base)
    page = watched.page
    page.goto("/publish?profile=public&level=settlement&delay=0")
    rows, shown = page.locator(".said > label"), page.locator(".said > label:visible")
    many = rows.count()
    assert many == shown.count() > 8
    rows.first.locator("input").check()
    page.fill("#narrow", "QASR dron")
    assert 0 < shown.count() < 4 and "Qasr" in shown.first.inner_text()
    page.press("#narrow", "Enter")
    assert "/publish?profile" in page.url
    page.fill("#narrow", "")
    page.check("#unticked")
    assert shown.count() == many - 1 and watched.axe() == []
    page.click("button[value=show]")
    page.wait_for_url("**q=*")
    assert page.locator(".said input:checked").count() == 1
    assert watched.errors == []
    watched.close()


def test_words_selected_in_a_report_become_a_claim(browser, copy):
    with served(copy) as base:
        watched = Watched(browser, base)
        page = watched.page
        watched.context.add_cookies([{"name": "cenotaph-initials", "value": "N.K.", "url": base}])
        page.goto("/d/orun-2021-03-20")
        page.evaluate(
            """() => {
              const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf("its manager Halim Dorsawi");
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + 25);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
              }
            }"""
        )
        until(page, "document.querySelector('#by-hand').open")
        assert page.input_value("#words") == "its manager Halim Dorsawi"
        page.fill("#hand-low", "1")
        page.fill("#hand-high", "1")
        page.select_option("#hand-measure", "detained")
        page.click("#by-hand button")
        page.wait_for_selector(".told")
        assert "1 detained" in page.inner_text(".cards")
        assert watched.errors == []
        watched.close()


def test_the_range_of_time_narrows_map_table_and_address(browser, base):
    watched = Watched(browser, base, viewport={"width": 1200, "height": 900})
    page = watched.page
    page.goto("/map", wait_until="networkidle")
    every = page.locator("#rows tbody tr").count()
    cells = "all => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    written = page.locator("#rows tbody tr").evaluate_all(cells)
    page.uncheck("#undated")
    until(page, f"document.querySelectorAll('#rows tbody tr').length < {every}")
    dated = page.locator("#rows tbody tr").count()
    drawn = page.locator("#rows tbody tr").evaluate_all(cells)
    assert all(row in written for row in drawn)  # each figure in its own column
    page.focus("#first")
    page.keyboard.press("ArrowRight")
    until(page, f"document.querySelectorAll('#rows tbody tr').length < {dated}")
    assert "from=2021-03-01&to=2021-03-31" in page.url
    left = page.locator("#rows tbody tr").count()
    assert page.inner_text("#shown").startswith(f"{left} of {every} incidents shown")
    page.reload(wait_until="networkidle")
    assert page.input_value("#first") == "1"
    assert watched.errors == []
    watched.close()


def test_the_bars_of_the_range_of_time_are_told_in_numbers(browser, base):
    seen = Watched(browser, base, viewport={"width": 1200, "height": 900})
    page = seen.page
    page.goto("/map", wait_until="networkidle")
    page.locator("#months summary").click()
    rows = page.locator("#months tbody tr").evaluate_all(
        "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    points = page.evaluate("fetch('/map/points.json').then((answer) => answer.json())")
    february = [each for each in points if (each[7] or "").startswith("2021-02")]
    low = sum(each[9] or 0 for each in february)
    high = sum(each[11] if each[11] is not None else each[9] or 0 for each in february)
    assert ["February 2021", f"{low:,}", f"{high:,}"] in rows
    box = page.locator("#bars").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 30)
    assert page.locator("#bars").get_attribute("title").startswith(rows[0][0] + ": ")
    assert seen.errors == []
    seen.close()


def test_a_place_on_the_map_opens_to_its_incidents(browser, base):
    watched = Watched(browser, base, viewport={"width": 1200, "height": 900})
    page = watched.page
    page.goto("/map", wait_until="networkidle")
    until(page, "document.body.dataset.drawn")
    rows = page.evaluate("fetch('/map/points.json').then((answer) => answer.json())")
    row = next(each for each in rows if each[4] == "settlement" and each[2] is not None)
    here = [each for each in rows if each[2:5] == row[2:5]]
    page.goto(f"/map?again=1#map=11/{row[2]}/{row[3]}", wait_until="networkidle")
    until(page, "document.body.dataset.drawn")
    box = page.locator("#map").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle[0] + 150, middle[1] + 90)
    page.mouse.click(*middle)
    links = page.locator(".leaflet-popup a[href^='/i/']")
    links.first.wait_for()
    assert links.evaluate_all("all => all.map((each) => each.getAttribute('href'))") == [
        f"/i/{each[0]}" for each in here
    ]
    assert page.inner_text(".leaflet-popup p") == row[1]
    assert watched.errors == []
    watched.close()


UNDER = """() => {
  const canvas = document.querySelector(".leaflet-overlay-pane canvas[aria-hidden]");
  const paint = canvas.getContext("2d"), at = canvas.getBoundingClientRect();
  const scale = canvas.width / at.width;
  return [...document.querySelectorAll(".leaflet-tooltip.province")].map((name) => {
    const box = name.getBoundingClientRect();
    const seen = paint.getImageData((box.left - at.left) * scale, (box.top - at.top) * scale, box.width * scale, box.height * scale).data;
    return [name.textContent, name.style.visibility, seen.some((each, n) => n % 4 === 3 && each > 150)];
  });
}"""


@pytest.mark.parametrize("width", [1200, 360])
def test_no_name_of_a_province_lies_over_a_dot(browser, base, width):
    watched = Watched(browser, base, viewport={"width": width, "height": 900})
    watched.page.goto("/map", wait_until="networkidle")
    until(watched.page, "document.body.dataset.drawn")
    assert watched.errors == []  # reading the canvas back makes the browser complain
    names = watched.page.evaluate(UNDER)
    assert {name for name, hidden, _ in names if not hidden} >= {"Orun", "Dorsa", "Velm", "Marsh"}
    assert [name for name, hidden, over in names if over and not hidden] == []
    watched.close()


def test_bars_run_as_the_page_is_read(browser, base):
    watched = Watched(browser, base, locale="ar", viewport={"width": 360, "height": 1800})
    page = watched.page
    page.goto("/map", wait_until="networkidle")
    until(page, "document.body.dataset.drawn")
    box = page.locator("#bars").bounding_box()
    first = page.locator("#months tbody th").first.text_content()
    page.mouse.move(box["x"] + box["width"] - 5, box["y"] + 30)
    assert page.locator("#bars").get_attribute("title").startswith(first + ": ")
    drawn = """() => {
      const bars = document.getElementById("bars"), seen = bars.getContext("2d").getImageData(0, 0, bars.width, bars.height).data;
      const at = []; seen.forEach((each, n) => { if (n % 4 === 3 && each) at.push((n >> 2) % bars.width); });
      return Math.min(...at.slice(0, 5000)) > bars.width / 2;
    }"""
    assert page.evaluate(drawn)
    watched.close()


TEXTS = {
    "crlf": "Report\r\n\r\nThree people were killed in Sarbek.\r\nTwo\rwere hurt.\n",
    "arabic": "Monitor: قتل ثلاثة مدنيين في سربك. Three people were killed in سربك (Sarbek), 😀 it said.\n",
    "markup": "<b>Three people</b> were killed in Sarbek &amp; Binora. <script>window.ran = 1</script>\n",
    "spaces": "  \n\n  Three   people\twere killed\u00a0in Sarbek.\u2028Four were hurt.   \n\n",
}


def test_the_text_on_the_page_is_the_stored_text(browser, copy, tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_bytes(text.encode())
    with served(copy) as base:
        watched = Watched(browser, base)
        page = watched.page
        page.goto("/reports")
        page.set_input_files("#files", [str(tmp_path / f"{name}.txt") for name in TEXTS])
        page.click("#add button.main")
        there = "location.pathname === '/reports' && document.body.innerText.includes('markup')"
        until(page, there)
        for name, text in TEXTS.items():
            page.goto(f"/d/{name}")
            assert page.evaluate("document.getElementById('text').textContent") == text, name
            assert page.evaluate("window.ran") is None
        assert watched.errors == []
        watched.close()


def test_the_effect_follows_the_ticks(browser, base):
    watched = Watched(browser, base)
    page = watched.page
    page.goto(f"/apart?of={INCIDENT}")
    assert "Tick one claim" in page.inner_text("#foreseen")
    page.locator("[data-foresee]").first.check()
    page.locator("#foreseen", has_text="becomes").wait_for()
    assert watched.axe() == []
    page.goto(f"/same?a={INCIDENT}&b=inc-26e0db53086461ae")
    before = page.inner_text("#effect-same")
    for box in page.locator("[name=other]").all():
        box.uncheck()
    page.locator("#foreseen", has_text="on each side").wait_for()
    for box in page.locator("[name=other]").all():
        box.check()
    page.locator("#effect-same", has_text=before).wait_for()
    assert watched.errors == []
    watched.close()
