"""How ready an organisation is (A0): points of each side of readiness, and how they have changed."""

from continuity.queries import readiness as queries
from continuity.readiness import scored
from continuity.scoring import snapshots
from continuity.scoring.scores import CityScore, SectorScore, points
from continuity.scoring.vocabulary import Tone as Meaning
from exports.columns import Tone
from exports.cover import Score
from exports.frames.reader import Reader
from prepare.db import db
from prepare.texts import _, day

TONES = {
    Meaning.GOOD: Tone.GOOD,
    Meaning.FAIR: Tone.MODERATE,
    Meaning.WEAK: Tone.CRITICAL,
    Meaning.UNKNOWN: Tone.UNKNOWN,
}


def scores_of(reader: Reader) -> tuple[str, list[Score]]:
    """The title of the table, which says since when the changes are counted, and the scores: the whole, then each side.

    Nothing for an organisation that has no score of its own.
    """
    city = db.session.scalars(queries.city_of(reader.organisation)).first()
    whole = scored.of_city(city, on=reader.on) if city else None
    if city is None or whole is None or (now := _now(reader, whole)) is None:
        return "", []
    code = "" if now is whole else reader.organisation.code
    kept = db.session.scalars(queries.before(city, reader.on).limit(1)).first()
    figures = kept.figures if kept else {}
    sides = [
        (_("Readiness as a whole"), now.score, now.tone, None),
        *((one.dimension.label, one.score, one.tone, side) for side, one in now.dimensions.items()),
    ]
    found = []
    for label, score, meaning, side in sides:
        change = snapshots.change(score, snapshots.score(figures, code, side)).points
        found.append(Score(label, points(score), TONES[meaning], meaning.label, change))
    return (_("Readiness and its change since %(day)s", day=day(kept.as_of)) if kept else _("Readiness")), found


def _now(reader: Reader, whole: CityScore) -> SectorScore | CityScore | None:
    if whole.item.ref == str(reader.organisation.ref):
        return whole
    return next((one for one in whole.sectors if one.item.ref == str(reader.organisation.ref)), None)
