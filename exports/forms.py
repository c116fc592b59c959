"""Forms of the workbooks."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FileField, PasswordField
from wtforms.validators import StopValidation
from wtforms.widgets import ListWidget, RadioInput

from exports.entries import (
    AgreementsEntry,
    Between,
    Format,
    FormEntry,
    GuidanceEntry,
    InjectsEntry,
    Language,
    PackageEntry,
    Plain,
    PlanPaperEntry,
    RegisterEntry,
    ReportEntry,
    Side,
    TrailEntry,
)
from prepare.entries import TokenEntry
from prepare.errors import RuleBroken
from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_, _, ngettext
from prepare.vocabulary import Confidentiality


class GuidanceForm(CityForm):
    """Which workbook is wanted."""

    entry_class = GuidanceEntry

    organisation = OneOf(N_("Organisation"), blank=None, validators=[required])
    language = Word(N_("Language of the workbook"), Language, blank=None)
    variant = Word(
        N_("Variant"),
        Confidentiality,
        blank=None,
        description=N_("A lower variant leaves out what is more confidential and says how much was left out."),
    )
    purpose = Text(
        N_("What it is for"),
        description=N_("Needed for the confidential variant; it is written into the trail."),
    )


class ReportForm(CityForm):
    """Which variant of a report is wanted, and on whom."""

    entry_class = ReportEntry

    organisation = OneOf(
        N_("Organisation"),
        blank=None,
        validators=[required],
        description=N_("The whole city, or one organisation with everything below it."),
    )
    language = Word(N_("Language of the workbook"), Language, blank=None)
    variant = Word(
        N_("Variant"),
        Confidentiality,
        blank=None,
        description=N_("A lower variant leaves out what is more confidential and says how much was left out."),
    )
    purpose = Text(
        N_("What it is for"),
        description=N_("Needed for the confidential variant; it is written into the trail."),
    )
    recipients = LongText(
        N_("Who gets it"),
        longest=2000,
        description=N_("Roles, names or addresses. Nothing is sent; it is kept with the report."),
    )


class InjectsForm(CityForm):
    """In which language the injects are taken, and what for."""

    entry_class = InjectsEntry

    language = Word(N_("Language of the workbook"), Language, blank=None)
    purpose = Text(
        N_("What it is for"),
        validators=[required],
        description=N_("As: exercise of 3 December. It is written into the trail."),
    )


class AgreementsForm(CityForm):
    """Whose agreements are taken, in which language, and what for."""

    entry_class = AgreementsEntry

    organisation = OneOf(N_("Organisation"), blank=None, validators=[required])
    language = Word(N_("Language of the workbook"), Language, blank=None)
    purpose = Text(
        N_("What it is for"),
        validators=[required],
        description=N_("As: review of contracts 2027. It is written into the trail."),
    )


class TrailForm(CityForm):
    """Which file of the trail is wanted, and what for."""

    entry_class = TrailEntry

    format = Word(N_("Kind of file"), Format, blank=None)
    language = Word(N_("Language of the file"), Language, blank=None)
    purpose = Text(
        N_("What it is for"),
        description=N_("As: audit of the year 2026. It is written into the trail."),
        validators=[required],
    )


class PackageForm(CityForm):
    """Which crisis package is fetched, what for, and whether under a passphrase.

    Each field that holds one says `password` in its name: by that it is left out where typed text is kept.
    """

    entry_class = PackageEntry

    package = OneOf(N_("Crisis package"), blank=None, validators=[required])
    purpose = Text(
        N_("What it is for"),
        validators=[required],
        description=N_("As: memory stick in the safe of the command centre. It is written into the trail."),
    )
    password = PasswordField(
        N_("Passphrase"),
        description=N_(
            "Optional: 16 characters or more from a to z, digits and plain signs. It is kept nowhere: write it down, "
            "since without it nobody opens the file. 7-Zip and others open it, Windows itself does not."
        ),
    )
    password_again = PasswordField(N_("Passphrase again"))

    def accepted(self) -> bool:
        """Whether the form was submitted and both passphrases are alike."""
        if not super().accepted():
            return False
        if (self.password.data or "") != (self.password_again.data or ""):
            told = N_("The passphrases are not alike. Type the same one twice.")
            self.refuse(RuleBroken(told, field="password_again"))
            return False
        return True


class PlanPaperForm(CityForm):
    """In which language a plan is wanted as a file, and what for."""

    entry_class = PlanPaperEntry

    language = Word(N_("Language of the file"), Language, blank=None)
    purpose = Text(
        N_("What it is for"),
        description=N_("Needed for a confidential plan; it is written into the trail."),
    )


class RegisterForm(CityForm):
    """Which register is taken as a file, and what for."""

    entry_class = RegisterEntry

    register = OneOf(N_("Register"), blank=None, validators=[required])
    organisation = OneOf(N_("Organisation"), blank=N_("Everything that I may read"))
    format = Word(N_("Kind of file"), Plain, blank=None)
    language = Word(N_("Language of the file"), Language, blank=None)
    between = Word(N_("Between the values"), Between, blank=None, description=N_("Concerns the text file only."))
    variant = Word(
        N_("Variant"),
        Confidentiality,
        blank=None,
        description=N_("A lower variant leaves out records and fields that are more confidential."),
    )
    purpose = Text(
        N_("What it is for"),
        validators=[required],
        description=N_("As: figures for the annual report. It is written into the trail."),
    )


class TokenForm(CityForm):
    """A token for a reporting tool: what it reads, and until when."""

    entry_class = TokenEntry

    purpose = Text(
        N_("Which tool, and what for?"),
        validators=[required],
        description=N_("As: Power BI, readiness on the intranet of the leadership. It is written into the trail."),
    )
    organisation = OneOf(N_("Organisation"), blank=None, validators=[required])
    highest = Word(
        N_("Up to which class?"),
        Confidentiality,
        blank=None,
        description=N_("The tool never sees more than you may see yourself on the day on which it asks."),
    )
    registers = Ticks(N_("Registers"), validators=[required])
    expires_on = Day(N_("Last day"), validators=[required], description=N_("At most a year from today."))


class FormForm(CityForm):
    """Whose fill-in workbook is taken, and in which language."""

    entry_class = FormEntry

    organisation = OneOf(N_("Organisation"), blank=None, validators=[required])
    language = Word(N_("Language of the workbook"), Language, blank=None)


class Upload(FileField):
    """A file that is handed in; `content` is what it holds."""

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return bytes(self.data.read()) if self.data else b""

    @property
    def file_name(self) -> str:
        """What the sender calls it, without folders."""
        return str(self.data.filename or "").replace("\\", "/").rpartition("/")[2][-200:] if self.data else ""

    def pre_validate(self, form: object) -> None:
        """Refuse an empty choice."""
        if not getattr(self.data, "filename", ""):
            raise StopValidation(_("Choose the file."))


class HandInForm(CityForm):
    """A fill-in workbook that comes back."""

    file = Upload(
        N_("The filled-in workbook (.xlsx)"),
        description=N_("The workbook that you took here. You see every change before anything is saved."),
    )


class Sides(Word):
    """Whose text of a field is to stand; one of the two is chosen."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()


class Consent(Tick):
    """A box without which nothing is sent."""

    def pre_validate(self, form: object) -> None:
        """Refuse what was not ticked."""
        if not self.data:
            raise StopValidation(_("Tick the box, or hand the workbook in again without the removals."))


class ConfirmForm(CityForm):
    """The confirmation that a workbook is taken in; `settling` adds a choice for each conflict."""

    def keeping(self, chosen: Mapping[str, str]) -> "ConfirmForm":
        """The form with these choices of conflicts and no others, to be confirmed anew."""
        for field in self:
            if isinstance(field, Sides):
                field.data = Side(chosen[field.name]) if field.name in chosen else None
            elif isinstance(field, Consent):
                field.data = False
        return self


def settling(conflicts: Sequence[Mapping[str, str]], removals: int = 0) -> ConfirmForm:
    """The confirmation with a choice for each of these conflicts, named by its id, and consent to the removals."""
    choices: dict[str, Any] = {
        f"c{one['id']}": Sides(f"{one['row']}: {one['field']}", Side, blank=None) for one in conflicts
    }
    if removals:
        text = ngettext("Take %(n)s record out of use", "Take %(n)s records out of use", removals)
        choices["removals"] = Consent(text)
    made: type[ConfirmForm] = type("ConfirmForm", (ConfirmForm,), choices)
    return made()


class ListForm(CityForm):
    """A plain list that is to be taken in."""

    register = OneOf(N_("What does the list hold?"), blank=None, validators=[required])
    organisation = OneOf(N_("Whose is it?"), blank=None, validators=[required])
    file = Upload(
        N_("File"),
        description=N_("An Excel workbook (.xlsx) or a text file (.csv), with a row of headings."),
    )
