"""What does not add up, contradicts itself or cannot be known: each with the words it rests on."""

from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.export.vocabularies import messages
from cenotaph.model import DocumentId, Finding, Quote, make_id
from cenotaph.web.pages import page, view_of
from cenotaph.web.view import View


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as a page shows it: both sides of it with their reports."""

    id: str
    finding: Finding
    quotes: tuple[tuple[DocumentId, str, Quote], ...]


def finding_id(found: Finding) -> str:
    """Return what a finding is called: it is made of what it says and of what it is about."""
    return make_id("fnd", found.code, *found.claims, *found.documents)


def shown(view: View, found: Finding) -> Shown:
    """Return a finding with the titles of the reports it quotes."""
    quotes = []
    for document, quote in found.quotes:
        listed = view.listed.get(document)
        title = (listed.title or listed.name) if listed else str(document)
        quotes.append((document, title, quote))
    return Shown(finding_id(found), found, tuple(quotes))


def means() -> dict[str, str]:
    """Return what each code of a finding means."""
    return {str(row["code"]): str(row["means"]) for row in messages("findings")}


def findings(request: Request) -> Response:
    """List the findings, those of one code where the address names it."""
    view = view_of(request)
    code = request.query_params.get("code")
    every = view.found.findings
    kept = [shown(view, each) for each in every if code in (None, "", each.code)]
    counts = sorted(Counter(each.code for each in every).items())
    return page(
        request, "findings.html", findings=kept, counts=counts, code=code or "", means=means()
    )


ROUTES = [Route("/findings", findings)]
