from datetime import date
from pathlib import Path

import pytest

from cenotaph.model import Decision, DecisionKind, Document, DocumentId, Linking, Measure
from cenotaph.pipeline import (
    DecisionError,
    Query,
    Sources,
    Workspace,
    decide,
    given_gazetteers,
    ruleset_of,
    undo,
)
from cenotaph.store import Input, RecordSettings, add, create
from cenotaph.store import open as open_record
from cenotaph.totals import total

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gazetteer.csv"

REPORTS = [
    ("market", "At least 9 civilians were killed in Sarbek on 3 February in an air strike on the market, the Orun Civil Defence said.", "2021-02-03", "The Velm Courier"),
    ("school", "Shelling of a school in Kafr Sel on 11 March killed 4 people and wounded 7, a doctor said.", "2021-03-12", "The Velm Courier"),
    ("again", "Shelling of a school in Kafr Sel on 11 March killed 4 people and wounded 7, a doctor said.", "2021-03-13", "Dorsa Radio"),
    ("arabic", "قالت مستشفى المدينة إن القصف أدى إلى أضرار", "2021-03-14", None),
]  # fmt: skip


def given(id_: str, text: str, day: str, publisher: str | None) -> Input:
    document = Document(
        id=DocumentId(id_),
        text=text,
        published=date.fromisoformat(day),
        publisher=publisher,
        country="XT",
    )
    return Input(raw=text.encode(), media_type="text/plain", name=id_, document=document)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CENOTAPH_DATA", str(tmp_path / "data"))
    create(
        tmp_path / "record.db",
        RecordSettings(country="XT", default_gazetteer=False),
        given_gazetteers([EXAMPLE], default=False),
    )
    with open_record(tmp_path / "record.db") as record:
        add(record, [given(*each) for each in REPORTS])
        sources = Sources(files=(EXAMPLE,), default=False, country="XT")
        yield Workspace(record, sources=sources, ruleset=ruleset_of("default"))


def test_lists_are_filtered_and_counted(workspace):
    reports = workspace.reports(Query(order="published", descending=True))
    assert [each.id for each in reports.rows] == ["arabic", "again", "school", "market"]
    assert reports.counts["publisher"] == {"The Velm Courier": 2, "": 1, "Dorsa Radio": 1}
    assert reports.counts["state"] == {"original": 2, "copy": 1, "unread": 1}

    incidents = workspace.incidents(Query(order="killed", descending=True))
    assert [each.estimate(Measure.KILLED).figure.best for each in incidents.rows] == [9, 4]
    march = workspace.incidents(Query(first=date(2021, 3, 1), last=date(2021, 3, 31)))
    assert [each.place.name for each in march.rows] == ["Kafr Sel"]
    struck = workspace.incidents(Query(chosen={"event": ["air_strike"]}))
    assert [each.place.name for each in struck.rows] == ["Sarbek"]
    assert struck.counts["event"] == {"air_strike": 1, "shelling": 1}
    assert struck.counts["month"] == {"2021-02": 1}

    claims = workspace.claims(Query(chosen={"measure": ["injured"]}))
    assert [each.claim.count.low for each in claims.rows] == [7]
    incident = workspace.incident_of(claims.rows[0].id)
    assert incident is not None and workspace.incident(incident.id) == incident


def test_words_are_found_in_any_spelling(workspace):
    assert workspace.search("SCHOOL shelling") == ["again", "school"]
    assert workspace.search('"air strike" mark') == ["market"]
    assert workspace.search('"strike air"') == []
    assert workspace.search("مستشفي المدينه") == ["arabic"]
    assert workspace.search("أضـــرار") == ["arabic"]
    assert workspace.search("") == workspace.search('"*^(') == []
    assert {each.claim.count.low for each in workspace.claims(Query(words="school")).rows} == {4, 7}
    assert workspace.incidents(Query(words="market")).total == 1


def test_what_is_added_is_there_after_a_refresh(workspace):
    before = workspace.version
    text = "A drone strike on Hazzan on 20 March killed 3 people, residents said."
    add(workspace.record, [given("drone", text, "2021-03-20", None)])
    assert workspace.report(DocumentId("drone")) is None
    assert workspace.refresh()
    assert workspace.version > before
    assert workspace.report(DocumentId("drone")) is not None
    assert workspace.document(DocumentId("drone")).text == text
    assert workspace.search("hazzan") == ["drone"]
    assert workspace.totals().whole.figure.low == 16
    assert not workspace.refresh()


def all_of(workspace):
    every = Query(limit=None)
    pages = [workspace.reports(every), workspace.claims(every), workspace.incidents(every)]
    pages.append(workspace.findings(every))
    links = {each.id: workspace.links_from(each.id) for each in pages[1].rows}
    sums = [workspace.totals(by) for by in ((), ("admin1", "month"), ("group",))]
    hurt = workspace.totals(("place",), measure=Measure.INJURED, group="civilians")
    return workspace.derived, pages, links, sums, hurt, workspace.originators()


def test_a_refreshed_workspace_is_that_of_a_record_opened_anew(workspace):
    texts = [
        "12 civilians were killed in Sarbek on 3 February in an air strike on the market, residents said.",
        "The toll of the shelling in Kafr Sel on 11 March rose to 6, a doctor said.",
        "25 people were killed in Orun province between 1 March and 20 March, the Orun Civil Defence said.",
        "A second strike on Sarbek on 3 February killed 2 people, 3 of them children, a witness said.",
    ]  # fmt: skip
    for number, text in enumerate(texts):
        day = f"2021-03-{20 - 4 * number:02d}"
        add(workspace.record, [given(f"new-{number}", text, day, None)])
        workspace.refresh()
        anew = Workspace(workspace.record, sources=workspace.sources, ruleset=workspace.ruleset)
        assert all_of(workspace) == all_of(anew)


def whole(workspace: Workspace):
    return workspace.totals((), measure=Measure.KILLED).whole.figure


def weighty(workspace: Workspace):
    killed = workspace.claims(Query(chosen={"measure": ["killed"]})).rows
    return next(each for each in killed if workspace.weight(each.id))


def test_the_whole_it_keeps_is_the_whole_it_adds_up(workspace):
    assert workspace.killed == whole(workspace)
    claim = weighty(workspace)
    wanted = Decision(kind=DecisionKind.REJECT, subjects=(claim.id,), reason="told twice", by="N")
    decide(workspace.record, [wanted], known=workspace.decidable)
    before = workspace.killed
    workspace.refresh()
    assert claim.id in workspace.touched() and not workspace.touched()
    assert workspace.killed == whole(workspace) != before


def test_what_is_foreseen_is_what_comes_and_nothing_is_changed_by_looking(workspace):
    plain = workspace.derived
    claim = weighty(workspace)
    one, other = (each.claims for each in plain.incidents[:2])
    ways = [
        Decision(kind=DecisionKind.REJECT, subjects=(claim.id,), reason="told twice", by="N"),
        *(
            Decision(kind=kind, subjects=one, others=other, by="N")
            for kind in (DecisionKind.SAME, DecisionKind.PART_OF, DecisionKind.COPY_OF)
        ),
    ]
    for way in ways:
        foreseen = workspace.foresee([way], lambda: (workspace.killed, workspace.dateless()))
        assert workspace.killed == whole(workspace)
        made = decide(workspace.record, [way], known=workspace.decidable)
        workspace.refresh()
        assert foreseen == (workspace.killed, workspace.dateless())
        assert workspace.killed == whole(workspace)
        undo(workspace.record, made.sequence, by="N")
        workspace.refresh()
    assert workspace.derived.incidents == plain.incidents
    assert workspace.derived.linking == plain.linking


def test_what_cannot_be_decided_is_not_foreseen(workspace):
    wanted = Decision(kind=DecisionKind.ACCEPT, subjects=("clm-0000000000000000",), by="N")
    with pytest.raises(DecisionError):
        workspace.foresee([wanted], lambda: workspace.killed)
    assert workspace.killed == whole(workspace)


def lists_of(workspace: Workspace):
    every = Query(limit=None)
    pages = (workspace.reports(every), workspace.claims(every), workspace.incidents(every))
    findings = workspace.findings(every)
    counts = [
        {facet: dict(page.counts[facet]) for facet in page.counts} for page in (*pages, findings)
    ]
    return [page.rows for page in pages], set(findings.rows), counts, workspace.sizes


def test_what_another_program_followed_meanwhile_is_taken_up(workspace):
    other = Workspace(workspace.record, sources=workspace.sources, ruleset=workspace.ruleset)
    reject = Decision(
        kind=DecisionKind.REJECT, subjects=(weighty(other).id,), reason="told twice", by="N"
    )
    day = Decision(
        kind=DecisionKind.SET_METADATA, subjects=("school",), value={"published": "2022-03-12"}, by="N"
    )  # fmt: skip
    for wanted in (reject, day):
        decide(other.record, [wanted], known=other.decidable)
        assert other.refresh() and workspace.refresh() and not workspace.refresh()
        assert lists_of(workspace) == lists_of(other)
        assert workspace.killed == whole(workspace) == whole(other)
    assert workspace.published(DocumentId("school")) == date(2022, 3, 12)


def test_totals_among_claims_are_those_of_a_record_of_these_claims_alone(workspace):
    texts = [
        "16 people were killed in Orun province between 1 March and 20 March, the Orun Civil Defence said.",
        "Two strikes on Sarbek on 4 March killed 5 people, residents said.",
    ]  # fmt: skip
    add(
        workspace.record, [given(f"m{n}", text, "2021-03-21", None) for n, text in enumerate(texts)]
    )
    workspace.refresh()
    found = workspace.derived
    march = [each for each in found.incidents if each.when.start >= date(2021, 3, 1)]
    assert 0 < len(march) < len(found.incidents)
    members = {claim for each in march for claim in each.claims}
    everyone = {claim for each in found.incidents for claim in each.claims}
    claims = [each for each in found.claims if each.id in members or each.id not in everyone]
    ids = {each.id for each in claims}
    links = tuple(each for each in found.linking.links if each.claim in ids and each.to in ids)
    kept = Linking(links=links, incidents=tuple(each.claims for each in march))
    for by in ((), ("admin1", "month")):
        assert workspace.totals_among(ids, by) == total(
            claims, kept, march, by=by, ruleset=workspace.ruleset
        )
    assert workspace.totals_among({each.id for each in found.claims}) == workspace.totals()


def test_a_workspace_that_rests_answers_when_it_is_asked_again(workspace):
    before = lists_of(workspace)
    workspace.rest()
    assert lists_of(workspace) == before
