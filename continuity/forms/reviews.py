"""The form of a situation review."""

from continuity.entries.reviews import SituationReviewEntry
from prepare.forms.fields import Day, LongText, OneOf, Text, Version, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


class ReviewForm(CityForm):
    """A situation review: the unit's three sentences and the proposals of the expert group."""

    entry_class = SituationReviewEntry

    seen = Version()
    as_of = Day(N_("As of"), validators=[required], description=N_("The figures are counted for this day on saving."))
    now_text = LongText(N_("How it is now"), longest=1000, description=N_("One sentence."))
    change_text = LongText(N_("What has changed"), longest=1000, description=N_("One sentence."))
    need_text = LongText(N_("What is needed of the readers"), longest=1000, description=N_("One sentence."))
    proposals = LongText(
        N_("Proposals of the expert group"), longest=8000, description=N_("One proposal on each line.")
    )
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddReviewForm(ReviewForm):
    """A new review and the city of which it tells."""

    organisation = OneOf(N_("Organisation"), blank=None)
