"""Which sheets a readiness report has, in their order, each with the lowest variant that has it."""

from collections.abc import Callable

from exports.entries import Report
from exports.frames import (
    agreements,
    codes,
    dependencies,
    exercises,
    functions,
    interfaces,
    measures,
    risks,
    scenarios,
)
from exports.frames.chosen import Offered, Sheet
from exports.frames.reader import Reader
from exports.frames.readiness import (
    compared,
    compliance,
    coverage,
    drawn,
    front,
    gaps,
    governance,
    indicators,
    levels,
    losses,
    outcomes,
    progress,
    risk_figures,
    sectors,
    transfers,
)
from exports.frames.readiness.gathered import Gathered
from prepare.vocabulary import Confidentiality

PUBLIC, INTERNAL, SECRET = Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL


def offered(held: Gathered) -> list[Offered]:
    """The sheets but for the cover and the method, which are made once these are known.

    The public reads which functions there are and what threatens them, but no weakness; who depends on whom is secret.
    """

    def of(make: Callable[[Gathered], Sheet]) -> Callable[[Reader], Sheet]:
        return lambda reader: make(held.as_read_by(reader))

    kept = held.held
    return [
        (INTERNAL, of(sectors.spread)),
        (INTERNAL, of(front.course)),
        *compared.offered(Report.READINESS, held),
        (INTERNAL, of(indicators.register)),
        (PUBLIC, lambda reader: functions.register(reader, kept.functions, kept.cases, kept.approved, held.words)),
        (SECRET, of(gaps.register)),
        (SECRET, of(losses.register)),
        (SECRET, of(losses.redundancy)),
        (SECRET, lambda reader: dependencies.register(reader, kept)),
        (SECRET, of(drawn.between)),
        (SECRET, of(outcomes.figures)),
        (SECRET, lambda _reader: scenarios.heat_map(kept, held.runs)),
        (SECRET, of(outcomes.timelines)),
        (SECRET, of(drawn.course)),
        (INTERNAL, lambda reader: interfaces.register(reader, kept.interfaces)),
        (INTERNAL, lambda reader: agreements.register(reader, agreements.found(reader))),
        (INTERNAL, lambda reader: transfers.register(reader, transfers.found(reader))),
        (PUBLIC, lambda reader: risks.register(reader, kept.risks, held.words)),
        (INTERNAL, of(risk_figures.spread)),
        (INTERNAL, lambda reader: measures.register(reader, kept.measures)),
        (INTERNAL, of(progress.spread)),
        (INTERNAL, lambda reader: exercises.register(reader, exercises.found(reader))),
        (INTERNAL, of(coverage.spread)),
        (INTERNAL, of(compliance.register)),
        (INTERNAL, of(levels.register)),
        (INTERNAL, of(governance.bodies)),
        (INTERNAL, of(governance.networks)),
        (PUBLIC, lambda _reader: codes.register(held.items)),
    ]
