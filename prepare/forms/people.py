"""Forms by which an administrator keeps accounts and roles."""

from prepare.entries import UserEntry
from prepare.forms.accounts import LanguageChoice
from prepare.forms.fields import OneOf, Text, Version, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_
from prepare.vocabulary import Role


class UserForm(CityForm):
    """A person's account."""

    entry_class = UserEntry

    seen = Version()
    name = Text(N_("Name"), validators=[required])
    email = Text(
        N_("E-mail address"),
        longest=254,
        validators=[required],
        description=N_("The person signs in with it. Use the address at work."),
    )
    language = LanguageChoice(N_("Language of the service"))


class RoleForm(CityForm):
    """A role and the organisation over which it is held."""

    role = Word(N_("Role"), Role, validators=[required])
    organisation = OneOf(
        N_("Organisation"),
        validators=[required],
        description=N_("The role holds over this organisation and everything below it."),
    )


class InvitationForm(UserForm, RoleForm):
    """A new person with a first role."""
