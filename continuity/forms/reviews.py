"""The form of a situation review."""

from continuity.entries.reviews import NeededDecisionEntry, SituationReviewEntry
from prepare.forms.fields import Day, LongText, OneOf, Text, Version, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.forms.measures import Euros


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


class NeededDecisionForm(CityForm):
    """What the readers of a review are asked to decide."""

    entry_class = NeededDecisionEntry

    seen = Version()
    what = LongText(N_("What is to be decided"), longest=1000, validators=[required], description=N_("One sentence."))
    decider = Text(N_("Who decides"), description=N_("A body or a role, as: city board."))
    due = Day(N_("By when"), validators=[required])
    cost_eur = Euros(N_("Cost"), description=N_("Estimated or known, in euros; empty when nobody has estimated it."))
    consequence = LongText(
        N_("What follows if it is not decided"),
        longest=1000,
        validators=[required],
        description=N_("One sentence, in plain words."),
    )
