"""The forms of KUJA's parts and results."""

from continuity.entries.readiness import KujaPartEntry, KujaResultEntry
from continuity.vocabulary.readiness import KujaTool
from prepare.forms.fields import Day, LongText, Number, Text, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Words
from prepare.texts import N_
from prepare.vocabulary import Dimension


class KujaPartForm(CityForm):
    """How the city calls a part of KUJA, and what tells about the same things here."""

    entry_class = KujaPartEntry

    seen = Version()
    label_fi = Text(N_("Label in Finnish"), description=N_("As the part is called in the city's own KUJA workbook."))
    label_sv = Text(N_("Label in Swedish"))
    label_en = Text(N_("Label in English"))
    dimensions = Words(N_("Dimensions that tell about the same things"), Dimension)


class KujaResultForm(CityForm):
    """What an assessment gave."""

    entry_class = KujaResultEntry

    seen = Version()
    assessed_on = Day(N_("Assessed on"), validators=[required])
    tool = Word(N_("Tool"), KujaTool, blank=None)
    tool_version = Text(N_("Version of the tool"), validators=[required])
    part = Whole(N_("Part of KUJA"), description=N_("From 1 to 5; empty when the whole was assessed."))
    points = Number(N_("Points"), description=N_("As the tool gives them. In the quick test a high score is bad."))
    result = LongText(N_("Result in words"), longest=4000, description=N_("As the tool says it."))
    comment = LongText(N_("Comment"), longest=4000)
    assessed_by = Text(N_("Who assessed"), validators=[required], description=N_("A role or a group."))
