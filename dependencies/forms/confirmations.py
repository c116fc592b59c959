"""Forms by which each side of a dependency signs."""

from dependencies.entries.confirmations import StatedDelivery, StatedNeed
from prepare.forms.fields import Hours, LongText, Percent, Text, Version, YesNo
from prepare.forms.form import CityForm, required
from prepare.texts import N_

UNKNOWN = N_("Leave it empty if nobody knows: then it is shown as not known.")


class NeedStatementForm(CityForm):
    """What the consumer signs."""

    entry_class = StatedNeed

    seen = Version()
    hours = Hours(N_("Within how many hours do you need it back?"), description=UNKNOWN)
    capacity_pct = Percent(
        N_("How much of the usual do you need at least?"),
        description=N_("The least with which you keep your minimum service level. Leave it empty if any amount helps."),
    )
    words = LongText(
        N_("How much is that, in your own words?"),
        longest=1000,
        description=N_("For example: 40 meals a day, or two lines out of six. The other side reads this."),
    )
    reason = LongText(
        N_("Why other hours than the register suggests?"), longest=1000, description=N_("Asked for when they differ.")
    )
    role = Text(N_("In which role do you sign?"), validators=[required])
    told_by = Text(
        N_("As told by"), description=N_("You write this down for an outside organisation: who said it, and how?")
    )


class DeliveryStatementForm(CityForm):
    """What the provider signs."""

    entry_class = StatedDelivery

    seen = Version()
    delivers = YesNo(N_("Do you provide this to them?"))
    hours = Hours(N_("Within how many hours do you deliver again after a disruption?"), description=UNKNOWN)
    capacity_pct = Percent(
        N_("How much of the usual can you deliver then?"), description=N_("100 % when everything is back at once.")
    )
    words = LongText(
        N_("On what condition, or by which alternative?"),
        longest=1000,
        description=N_("For example: by generator, if fuel arrives in 12 hours. Say here what must be corrected."),
    )
    role = Text(N_("In which role do you sign?"), validators=[required])
    told_by = Text(
        N_("As told by"), description=N_("You write this down for an outside organisation: who said it, and how?")
    )
