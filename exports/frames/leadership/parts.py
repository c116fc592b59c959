"""Which sheets a leadership report has, in their order, each with the lowest variant that has it."""

from collections.abc import Callable

from exports.entries import Report
from exports.frames.chosen import Offered, Sheet
from exports.frames.leadership import annual, partners, risks, safety, scenarios, summary, weak_points, work
from exports.frames.reader import Reader
from exports.frames.readiness import compared
from exports.frames.readiness.gathered import Gathered
from prepare.vocabulary import Confidentiality

PUBLIC, INTERNAL, SECRET = Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL


def offered(held: Gathered) -> list[Offered]:
    """The sheets; what is put together of partners, risks, measures and safety is secret, the rows may not be."""

    def of(make: Callable[[Gathered], Sheet]) -> Callable[[Reader], Sheet]:
        return lambda reader: make(held.as_read_by(reader))

    return [
        (INTERNAL, of(summary.spread)),
        *compared.offered(Report.LEADERSHIP, held),
        (SECRET, of(scenarios.spread)),
        (SECRET, of(weak_points.register)),
        (SECRET, of(partners.spread)),
        (SECRET, of(risks.spread)),
        (SECRET, of(work.spread)),
        (SECRET, of(safety.spread)),
        (PUBLIC, of(annual.spread)),
    ]
