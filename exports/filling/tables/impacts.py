"""The sheet of impacts: a row for each function and category."""

from exports.filling.fields import Field, Kind, Table
from prepare.criticality import BANDS, GRAVEST
from prepare.texts import N_

IMPACTS = Table(
    "impacts",
    N_("Impacts"),
    N_("How grave an outage is in each category as it lasts longer, from 1 (negligible) to 5 (very serious)."),
    (
        Field("code", N_("Code"), Kind.CODE, 13),
        Field("function", N_("Function"), Kind.FIXED, 34),
        Field("category", N_("Impact category"), Kind.FIXED, 30),
        *(Field(band.code, band.message, Kind.WHOLE, 10, least=1, most=GRAVEST) for band in BANDS),
        Field("note", N_("Note"), Kind.LONG, 44, longest=2000),
    ),
)
