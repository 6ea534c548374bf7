"""What does not add up, contradicts itself or cannot be known: each with the words it rests on."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.export.vocabularies import messages
from cenotaph.model import DocumentId, Finding, Quote, SumReading
from cenotaph.pipeline import finding_id
from cenotaph.web import exports, wording
from cenotaph.web.gazetteers import otherwise
from cenotaph.web.language import say, within
from cenotaph.web.listing import asked, facets_of, turn
from cenotaph.web.pages import page, view_of
from cenotaph.web.questions import UNKNOWN
from cenotaph.web.view import View

COMMAND = re.compile(
    r"(?:,? or say where it is|\. Say which it is): cenotaph (?:dates|places) set .*$"
)
NAMED = re.compile(r"`cenotaph (?:dates|places) set`")


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as a page shows it: both sides of it with their reports."""

    id: str
    finding: Finding
    quotes: tuple[tuple[DocumentId, str, Quote], ...]
    stated: str = ""
    sums: tuple[SumReading, ...] = ()
    open: bool = False
    """Whether the review still asks about it."""

    @property
    def message(self) -> str:
        """What it says, without the command that settles it: here a form does."""
        told = self.finding.message
        return COMMAND.sub(".", told) if self.finding.code in UNKNOWN else told


def shown(view: View, found: Finding) -> Shown:
    """Return a finding with the titles of the reports it quotes."""
    quotes = []
    for document, quote in found.quotes:
        listed = view.listed.get(document)
        title = (listed.title or listed.name) if listed else str(document)
        quotes.append((document, title, quote))
    summed = (view.claims[id_].claim.document for id_ in found.claims if id_ in view.claims)
    checks = (c for id_ in dict.fromkeys(summed) for c in view.checks_of(id_))
    asked_about = [id_ for id_ in found.claims if id_ in view.claims]
    left = not all(view.settled(id_) for id_ in asked_about)
    check = next((c for c in checks if c.claim in found.claims), None)
    if found.code != "parts-do-not-sum" or check is None or check.claim not in view.claims:
        return Shown(finding_id(found), found, tuple(quotes), open=left)
    whole = view.claims[check.claim]
    told = say(
        "%(place)s: %(count)s %(measure)s stated. Its parts give another number in every reading:",
        place=within(wording.place(whole.place)),
        count=wording.count(whole.claim.count),
        measure=wording.lower(whole.claim.measure),
    )
    return Shown(finding_id(found), found, tuple(quotes), told, check.readings, left)


def means() -> dict[str, str]:
    """Return what each code of a finding means."""
    answer = say("a person's answer")
    return {str(row["code"]): NAMED.sub(answer, str(row["means"])) for row in messages("findings")}


FINDING_FACETS = ("code", "admin1")


def findings(request: Request) -> Response:
    """List the findings that the address asks for."""
    view = view_of(request)
    params = request.query_params
    found = view.list_findings(asked(params, FINDING_FACETS, order="code"))
    return page(
        request,
        "findings.html",
        gazetteer=otherwise(view),
        findings=[shown(view, each) for each in found.rows],
        facets=facets_of(params, found.counts, FINDING_FACETS),
        turn=turn(params, found),
        forms=("json",),
        means=means(),
    )


def findings_as(request: Request) -> Response:
    """Give the findings that the address asks for as lines of JSON."""
    params, view = request.query_params, view_of(request)
    every = view.list_findings(asked(params, FINDING_FACETS, order="code", limit=None)).rows
    return exports.findings_file(every if params else (*view.otherwise, *every))


ROUTES = [Route("/findings", findings), Route("/findings.json", findings_as)]
