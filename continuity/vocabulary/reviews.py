"""Words of situation reviews that are stored."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class ReviewState(Labelled):
    """A situation review is written, and then given and never changed."""

    DRAFT = "draft", N_("Draft")
    GIVEN = "given", N_("Given")
