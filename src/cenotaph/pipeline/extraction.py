"""One document through all steps: what it says, means and adds up to by itself."""

from dataclasses import dataclass

from cenotaph import link, reconcile
from cenotaph.model import Document, Finding, Incident, Linking, Ruleset, TotalCheck
from cenotaph.pipeline.document import interpret
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.setting import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document gives."""

    interpreted: Interpreted
    linking: Linking
    incidents: tuple[Incident, ...]
    checks: tuple[TotalCheck, ...]
    findings: tuple[Finding, ...]


def extract(document: Document, *, setting: Setting, ruleset: Ruleset) -> Extraction:
    """Return what one document says, means and adds up to, without looking at any other."""
    return conclude(document, interpret(document, setting=setting), ruleset=ruleset)


def conclude(document: Document, interpreted: Interpreted, *, ruleset: Ruleset) -> Extraction:
    """Return what follows from a document that was read, without looking at any other."""
    claims, said = interpreted.claims, interpreted.reading
    mains = () if said.main is None else (said.main,)
    linking = link.link(
        claims,
        stated=said.links,
        copies=(),
        published={document.id: interpreted.published},
        mains=mains,
    )
    incidents = reconcile.reconcile(claims, linking, ruleset=ruleset, mains=mains)
    checks = reconcile.checks(claims, linking)
    findings = reconcile.findings(
        claims,
        linking,
        incidents=incidents,
        checks=checks,
        published={document.id: interpreted.published},
    )
    return Extraction(
        interpreted=interpreted,
        linking=linking,
        incidents=incidents,
        checks=checks,
        findings=(*interpreted.findings, *findings),
    )
