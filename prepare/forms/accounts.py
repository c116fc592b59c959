"""Forms of signing in."""

from wtforms import HiddenField, PasswordField

from prepare.forms.fields import Text
from prepare.forms.form import CityForm, required
from prepare.texts import N_


class SignInForm(CityForm):
    """E-mail address and password."""

    next = HiddenField()
    email = Text(N_("E-mail address"), longest=254, validators=[required])
    password = PasswordField(N_("Password"), validators=[required])
