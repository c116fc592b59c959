"""On which page, and where on it, a finding is mended."""

from flask import url_for

from continuity.findings.finding import Finding, Subject

#: Kind of record → the endpoint of its page.
PAGES = {
    Subject.ORGANISATION: "prepare.organisation",
    Subject.FUNCTION: "prepare.function",
    Subject.PLAN: "continuity.plan",
    Subject.RISK: "risks.risk",
    Subject.MEASURE: "risks.measure",
    Subject.INTERFACE: "dependencies.interface",
    Subject.NETWORK: "risks.network",
    Subject.BODY: "risks.body",
    Subject.AGREEMENT: "dependencies.agreement",
    Subject.RESERVE: "dependencies.reserve",
    Subject.TRANSFER_ITEM: "continuity.transfer_item",
    Subject.REQUIREMENT: "prepare.organisation",
}
#: Rule → the part of the record's page where it is mended.
PARTS = {
    **dict.fromkeys(("W0", "W4", "W6", "W7", "W8", "W9", "W20"), "needs"),
    "E3": "impacts",
    "W1": "times",
    "W2": "times",
    "W3": "back-at-best",
    "W10": "terms",
    "W11": "disruption",
    "W12": "alerting",
    "I15": "holders",
}
#: Rule → another page than the record's own.
ELSEWHERE = {"W5": "dependencies.keystone"}


def place(finding: Finding) -> str:
    """The address where the finding is mended."""
    thing, code = finding.thing, finding.rule.code
    if code == "W21":
        return url_for("dependencies.circles")
    if code == "W26":
        return url_for("dependencies.confirmations", state="mismatch")
    endpoint = ELSEWHERE.get(code, PAGES[thing.subject])
    return url_for(endpoint, ref=thing.ref, _anchor=PARTS.get(code))
