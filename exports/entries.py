"""What somebody asks for when a workbook is to be handed over."""

from dataclasses import dataclass
from hashlib import sha256

from exports.archive import passphrase_problems
from prepare.errors import RuleBroken
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


class Format(Labelled):
    """Kinds of files."""

    WORKBOOK = "xlsx", N_("Excel workbook")
    TEXT = "csv", N_("Text file (CSV)")


@dataclass(frozen=True, kw_only=True)
class TrailEntry:
    """Entries of the trail as a file: of which kind, in which language, and what for."""

    format: Format
    language: Language
    purpose: str | None = None  #: always asked for: the trail holds personal data


def trail_problems(entry: TrailEntry) -> list[RuleBroken]:
    """Every rule that the wish breaks: the trail is taken for a stated purpose."""
    if not (entry.purpose or "").strip():
        return [RuleBroken(N_("Say what the file is for."), field="purpose")]
    return []


def problems(entry: GuidanceEntry) -> list[RuleBroken]:
    """Every rule that the wish breaks: a confidential workbook is taken for a stated purpose."""
    if entry.variant is Confidentiality.CONFIDENTIAL and not (entry.purpose or "").strip():
        return [RuleBroken(N_("Say what the confidential workbook is for."), field="purpose")]
    return []


@dataclass(frozen=True, kw_only=True)
class InjectsEntry:
    """The injects of an exercise: in which language, and what for."""

    language: Language
    purpose: str | None = None  #: always asked for: the file tells what fails when


def injects_problems(entry: InjectsEntry) -> list[RuleBroken]:
    """Every rule that the wish breaks: the injects are taken for a stated purpose."""
    if not (entry.purpose or "").strip():
        return [RuleBroken(N_("Say what the file is for."), field="purpose")]
    return []


@dataclass(frozen=True, kw_only=True)
class AgreementsEntry:
    """The agreements of an organisation: whose, in which language, and what for."""

    organisation: str  #: the organisation's code
    language: Language
    purpose: str | None = None  #: always asked for: the file tells what binds whom until when


def agreements_problems(entry: AgreementsEntry) -> list[RuleBroken]:
    """Every rule that the wish breaks: the agreements are taken for a stated purpose."""
    if not (entry.purpose or "").strip():
        return [RuleBroken(N_("Say what the file is for."), field="purpose")]
    return []


class Report(Labelled):
    """The reports that go upwards."""

    READINESS = "readiness", N_("Readiness report")
    LEADERSHIP = "leadership", N_("Leadership report")


@dataclass(frozen=True, kw_only=True)
class ReportEntry:
    """A report: on which organisation, in which language and variant, and what for."""

    organisation: str  #: the organisation's code: a city or a part of it
    language: Language
    variant: Confidentiality
    purpose: str | None = None  #: asked for when the variant is confidential
    recipients: str | None = None  #: kept with the stored report


def report_problems(entry: ReportEntry) -> list[RuleBroken]:
    """Every rule that the wish breaks: a confidential report is taken for a stated purpose."""
    if entry.variant is Confidentiality.CONFIDENTIAL and not (entry.purpose or "").strip():
        return [RuleBroken(N_("Say what the confidential workbook is for."), field="purpose")]
    return []


class PictureFormat(Labelled):
    """Kinds of picture files."""

    VECTOR = "svg", N_("Vector picture (SVG)")
    IMAGE = "png", N_("Image (PNG)")


@dataclass(frozen=True, kw_only=True)
class PictureFile:
    """A picture that is handed over: the file, and what it shows in words."""

    name: str
    shows: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What tells the file from any other."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class PackageEntry:
    """A crisis package to be fetched: which one, what for, and under which passphrase if any."""

    package: str  #: its ref
    purpose: str | None = None  #: always asked for: it holds what is secret when put together
    password: str | None = None  #: kept nowhere


def package_problems(entry: PackageEntry) -> list[RuleBroken]:
    """Every rule that the wish breaks: a purpose is stated, and a passphrase is one that protects."""
    found = [] if (entry.purpose or "").strip() else [RuleBroken(N_("Say what the package is for."), field="purpose")]
    return found + (passphrase_problems(entry.password) if entry.password else [])


@dataclass(frozen=True, kw_only=True)
class PlanPaperEntry:
    """A version of a plan as a file: in which language, and what for."""

    language: Language
    purpose: str | None = None  #: asked for when the plan is confidential


def paper_problems(entry: PlanPaperEntry, confidentiality: Confidentiality) -> list[RuleBroken]:
    """Every rule that the wish breaks: a confidential plan is taken for a stated purpose."""
    if confidentiality is Confidentiality.CONFIDENTIAL and not (entry.purpose or "").strip():
        return [RuleBroken(N_("Say what the confidential plan is for."), field="purpose")]
    return []


class Plain(Labelled):
    """Kinds of files of a register."""

    TEXT = "csv", N_("Text file (CSV)")
    JSON = "json", N_("JSON, for programs")


class Between(Labelled):
    """What stands between the values of a text file."""

    SEMICOLON = "semicolon", N_("Semicolon, as Excel expects it in Finland and Sweden")
    COMMA = "comma", N_("Comma, as most other programs expect it")

    @property
    def sign(self) -> str:
        """The sign itself."""
        return ";" if self is Between.SEMICOLON else ","


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """A register as a file: which one, of which organisation, in which form and up to which class, and what for."""

    register: str  #: its name
    organisation: str | None = None  #: the organisation's code; None = everything that one reads
    format: Plain = Plain.TEXT
    between: Between = Between.SEMICOLON
    language: Language = Language.FINNISH
    variant: Confidentiality = Confidentiality.INTERNAL
    purpose: str | None = None  #: always asked for


def register_problems(entry: RegisterEntry, least: Confidentiality, highest: Confidentiality) -> list[RuleBroken]:
    """Every rule that the wish breaks; `least` is the register's class, `highest` the highest that is read."""
    found = []
    if entry.variant.rank > highest.rank:
        found.append(RuleBroken(N_("Your role does not allow this variant."), field="variant"))
    if entry.variant.rank < least.rank:
        message = N_("This register tells on whom the functions depend: it is taken as confidential, or not at all.")
        found.append(RuleBroken(message, field="variant"))
    if not (entry.purpose or "").strip():
        found.append(RuleBroken(N_("Say what the file is for."), field="purpose"))
    return found


@dataclass(frozen=True, kw_only=True)
class FormEntry:
    """A fill-in workbook: of which organisation, in which language."""

    organisation: str  #: the organisation's code
    language: Language


class Side(Labelled):
    """Whose text of a field stands that both changed."""

    MINE = "mine", N_("The workbook's")
    THEIRS = "theirs", N_("The system's")
