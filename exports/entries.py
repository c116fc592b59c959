"""What somebody asks for when a workbook is to be handed over."""

from dataclasses import dataclass

from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Labelled


class Language(Labelled):
    """The languages of a workbook, each by its own name."""

    FINNISH = "fi", N_("Finnish")
    SWEDISH = "sv", N_("Swedish")
    ENGLISH = "en", N_("English")


@dataclass(frozen=True, kw_only=True)
class GuidanceEntry:
    """A sector's preparedness guidance: of which organisation, in which language and variant, and what for."""

    organisation: str  #: the organisation's code
    language: Language
    variant: Confidentiality
    purpose: str | None = None  #: asked for when the variant is confidential
