"""Forms of a plan's way: comments, answers, returning and withdrawing."""

from continuity.entries.comments import AnswerEntry, CommentEntry, WithdrawalEntry
from continuity.vocabulary.plans import Section
from prepare.forms.fields import LongText, Tick, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_


class CommentForm(CityForm):
    """A comment on a version."""

    entry_class = CommentEntry

    section = Word(N_("What it is about"), Section, blank=N_("The whole plan"))
    text = LongText(N_("Comment"), longest=4000, validators=[required])


class AnswerForm(CityForm):
    """The sector's answer to a comment."""

    entry_class = AnswerEntry

    answer = LongText(
        N_("The sector's answer"),
        longest=4000,
        validators=[required],
        description=N_("What was done about the comment, or why nothing was."),
    )


class ReturnForm(CityForm):
    """Why a version is returned."""

    reason = LongText(
        N_("What should be completed?"),
        longest=4000,
        description=N_("May be left empty when comments that wait for an answer say it."),
    )


class WithdrawalForm(CityForm):
    """Why a version is withdrawn, and whether a submitted one is written on."""

    entry_class = WithdrawalEntry

    state_reason = LongText(N_("Reason"), longest=4000, validators=[required])
    goes_on = Tick(N_("We go on writing it: it becomes a draft again"))
