"""What a workbook says about itself: on its cover, in its headers and in the file's properties."""

from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from prepare.texts import _, day, language
from prepare.vocabulary import Confidentiality

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
#: The marking required by law stands in both national languages whatever the workbook's language is.
SECRECY_MARKING = "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD"


@dataclass(frozen=True)
class Imprint:
    """Who made the workbook, of what, for whom and as of when; texts are already in its language."""

    title: str
    subject: str
    city: str
    organisation: str
    organisation_code: str
    as_of: date
    made_at: datetime
    variant: Confidentiality
    secrecy_basis: str = ""
    digest: str = ""

    @property
    def marking(self) -> str:
        """The class of the workbook, with the legal basis when it is secret."""
        if self.variant is Confidentiality.CONFIDENTIAL:
            return " – ".join(filter(None, (SECRECY_MARKING, self.secrecy_basis)))
        return self.variant.label.upper()

    @property
    def owner(self) -> str:
        """Whose workbook it is: the organisation and its city, which is named once when it is the same."""
        return self.city if self.organisation == self.city else f"{self.organisation} · {self.city}"

    @property
    def standing(self) -> str:
        """The as-of date and the variant, for the second row of every sheet."""
        return _("As of %(day)s", day=day(self.as_of)) + " · " + self.variant_name

    @property
    def variant_name(self) -> str:
        """The variant in words."""
        return _("Variant: %(variant)s", variant=self.variant.label)

    @property
    def footer(self) -> str:
        """The left part of every printed page's footer."""
        whose = self.city if self.organisation == self.city else self.organisation_code
        return f"{whose} · {_('As of %(day)s', day=day(self.as_of))}"

    @property
    def named(self) -> str:
        """The organisation with its code, where that is more than the city."""
        return self.city if self.organisation == self.city else f"{self.organisation_code} {self.organisation}"


def describe(workbook: Workbook, imprint: Imprint) -> None:
    """Fill in the file's properties, so that a document archive can file it without opening it."""
    properties = workbook.properties
    properties.title = f"{imprint.title} – {imprint.organisation} – {day(imprint.as_of)}"
    properties.subject = imprint.subject
    properties.creator = imprint.city
    properties.lastModifiedBy = imprint.city
    properties.keywords = "; ".join((_("preparedness"), _("continuity management"), imprint.organisation_code))
    properties.category = imprint.marking
    properties.description = f"SHA-256 {imprint.digest}" if imprint.digest else imprint.subject
    properties.language = LOCALES[language()]
    properties.version = imprint.as_of.isoformat()
    properties.contentStatus = imprint.variant.label
    moment = imprint.made_at.replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
    facts = {"organisation": imprint.organisation_code, "variant": imprint.variant.value, "language": language()}
    for name, value in (facts | {"as_of": imprint.as_of.isoformat(), "data_sha256": imprint.digest}).items():
        workbook.custom_doc_props.append(StringProperty(name=name, value=value))
