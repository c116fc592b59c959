"""Forms of confirmation links: making one, and answering by one."""

from typing import Any

from wtforms import Form, FormField

from dependencies.entries.confirmations import (
    StatedDelivery,
    StatedNeed,
    delivery_problems,
    need_problems,
)
from dependencies.entries.partners import USUAL_DAYS, LinkEntry
from prepare.errors import RuleBroken
from prepare.forms.fields import Hours, LongText, OneOf, Percent, Text, Version, Whole, YesNo
from prepare.forms.form import CityForm, required
from prepare.forms.several import Rows
from prepare.texts import LANGUAGES, N_

LANGUAGE_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


class LinkForm(CityForm):
    """For whom a link is, and in which language."""

    entry_class = LinkEntry

    recipient = Text(
        N_("For which role of the partner?"),
        validators=[required],
        description=N_("A role, not a person's name. It stands in the list of links and in the trail."),
    )
    language = OneOf(N_("Language of the form"), blank=None)
    days = Whole(N_("For how many days does it open?"), description=N_("From 1 to 60; usually 14."))
    email = Text(
        N_("Mail it to the address"),
        description=N_("Leave empty to hand the link over yourself. The address is not kept."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.language.offer([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        if not self.is_typed and self.days.data is None:
            self.take("days", USUAL_DAYS)


class LineForm(Form):
    """What is answered to one line: what is delivered, or what is needed."""

    line = Version()
    seen = Version()
    delivers = YesNo(N_("Do you provide this to them?"))
    hours = Hours(N_("Within how many hours?"), description=N_("Leave it empty if nobody knows."))
    capacity_pct = Percent(N_("How much of the usual?"))
    words = LongText(
        N_("On what condition, or by which alternative? What is not right?"),
        longest=1000,
        description=N_("The other side reads this."),
    )
    reason = LongText(N_("Why other hours than the register suggests?"), longest=1000)

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been answered."""
        typed = (self.hours, self.capacity_pct, self.words, self.reason)
        return self.delivers.data is None and not any((one.raw_data or [""])[0].strip() for one in typed)

    def delivery(self, role: str, name: str) -> StatedDelivery:
        """The row as what the partner delivers."""
        words = self.words.data or None
        hours, share = self.hours.data, self.capacity_pct.data
        return StatedDelivery(
            delivers=self.delivers.data, hours=hours, capacity_pct=share, words=words, role=role, told_by=name
        )

    def need(self, role: str, name: str) -> StatedNeed:
        """The row as what the partner needs."""
        words, reason = self.words.data or None, self.reason.data or None
        hours, share = self.hours.data, self.capacity_pct.data
        return StatedNeed(hours=hours, capacity_pct=share, words=words, reason=reason, role=role, told_by=name)

    def told(self, broken: RuleBroken) -> None:
        """Show a broken rule beside its field."""
        field = self[broken.field] if broken.field and broken.field in self else self.words
        field.errors = [*field.errors, broken.text()]


def problems(said: StatedDelivery | StatedNeed, suggested_h: float | None) -> list[RuleBroken]:
    """The rules that what was answered breaks."""
    return delivery_problems(said) if isinstance(said, StatedDelivery) else need_problems(said, suggested_h)


class AnswerForm(CityForm):
    """What somebody without an account answers for one interface, and signs."""

    token = Version()
    rows = Rows(FormField(LineForm), label=N_("Lines"))
    role = Text(N_("In which role do you sign?"), validators=[required])
    name = Text(
        N_("Your name"),
        validators=[required],
        description=N_("Both sides see it beside what you sign."),
    )
