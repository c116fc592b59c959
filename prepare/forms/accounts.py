"""Forms of signing in and of one's own account."""

from typing import Any

from wtforms import HiddenField, PasswordField

from prepare.errors import RuleBroken
from prepare.forms.fields import Day, OneOf, Text, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import Pace

#: Languages by their own names, which are the same in every language.
OWN_NAMES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))


class LanguageChoice(OneOf):
    """One of the languages of the service."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, blank=None, **more)
        self.offer(OWN_NAMES)


class SignInForm(CityForm):
    """E-mail address and password."""

    next = HiddenField()
    email = Text(N_("E-mail address"), longest=254, validators=[required])
    password = PasswordField(N_("Password"), validators=[required])


class NewPasswordForm(CityForm):
    """A password that a person chooses by a link, twice.

    Each field that holds one says `password` in its name: by that it is left out where typed text is kept.
    """

    token = HiddenField()
    password = PasswordField(
        N_("New password"),
        validators=[required],
        description=N_("At least 12 characters. A few words that nobody else would put together are easy to remember."),
    )
    password_again = PasswordField(N_("New password again"), validators=[required])

    def accepted(self) -> bool:
        """Whether the form was submitted and both passwords are alike."""
        if not super().accepted():
            return False
        if self.password.data != self.password_again.data:
            self.refuse(
                RuleBroken(N_("The passwords are not alike. Type the same password twice."), field="password_again")
            )
            return False
        return True


class ChangePasswordForm(NewPasswordForm):
    """A new password for oneself, with the present one."""

    token = None
    password_now = PasswordField(N_("Present password"), validators=[required])


class LanguageForm(CityForm):
    """The language in which a person is spoken to."""

    language = LanguageChoice(N_("Language of the service"))


class RemindersForm(CityForm):
    """How often mail tells a person what waits."""

    reminders = Word(N_("How often?"), Pace, blank=None)


class AwayForm(CityForm):
    """The days on which a person is away."""

    away_from = Day(N_("First day away"))
    away_until = Day(N_("Last day away"))
