"""Where a measure came from: the record behind the kind and code that the measure keeps, when it may be read."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from prepare import actor
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import name_of, named
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.queries import measures as queries
from risks.vocabulary.measures import MeasureSource

#: Kind of source → the class of its records and the endpoint of their page.
RECORDS: dict[MeasureSource, tuple[Any, str]] = {
    MeasureSource.RISK: (Risk, "risks.risk"),
    MeasureSource.SPOF: (Function, "dependencies.keystone"),
    MeasureSource.RTO_GAP: (Function, "dependencies.recovery_time"),
}


@dataclass(frozen=True)
class Origin:
    """What a measure came from in words; `text` is None when the record lies outside what the person may read."""

    kind: str
    text: str | None
    url: str | None = None


def lead_to(source: MeasureSource, model: Any, endpoint: str) -> None:
    """Let measures of this source lead to the records of a class, whose page the endpoint opens."""
    RECORDS[source] = model, endpoint


def record_of(source: MeasureSource | None, code: str) -> Any:
    """The record from which a measure with this source and code comes, if it is known and may be read."""
    if source not in RECORDS:
        return None
    record: Any = db.session.scalars(queries.coded(RECORDS[source][0], code)).first()
    return record if record is not None and actor.readable(actor.current(), record) else None


def origin(measure: Measure) -> Origin | None:
    """What the measure came from; None while nobody has said so."""
    if measure.source is None:
        return None
    kind = measure.source.label
    if measure.source_code is None or measure.source not in RECORDS:
        return Origin(kind, measure.source_code)
    model, endpoint = RECORDS[measure.source]
    record: Any = db.session.scalars(queries.coded(model, measure.source_code)).first()
    if record is None or not actor.readable(actor.current(), record):
        return Origin(kind, None if record else measure.source_code)
    name = named(record, "title") or name_of(record)
    return Origin(kind, f"{record.code} {name}".strip(), url_for(endpoint, ref=record.ref))
