"""What records have in common: whom they belong to, of what they are a part, and how they are found."""

from typing import Any, ClassVar, Protocol

from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, mapped_column

from prepare.audit import UNTOLD, Audited
from prepare.db import Bytewise, Text
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.personal import identity_code, masked
from prepare.texts import LANGUAGES, N_, search_key, sort_key
from prepare.vocabulary import Confidentiality


class HasOrganisation(Protocol):
    """A record with the organisation that is accountable for it."""

    @property
    def organisation(self) -> Organisation:
        """The accountable organisation."""


class Kept:
    """A record that an organisation keeps, named by its column `organisation`."""

    @property
    def owner_path(self: HasOrganisation) -> str:
        """Path of the organisation; it decides who reads and edits."""
        return self.organisation.path

    @property
    def owner_is_own(self: HasOrganisation) -> bool:
        """Whether the organisation belongs to the city group, so that the city's rules bind it."""
        return self.organisation.kind.is_own


class Binding:
    """A record of a city that every organisation below the city reads too, up to the class `open_below`."""

    open_below: ClassVar[Confidentiality] = Confidentiality.INTERNAL


class PartOf:
    """A record that belongs to another one, named by `whole`: it has that one's owner and class."""

    whole: ClassVar[str]

    @property
    def owner_path(self) -> str:
        """Path of the whole's organisation."""
        return str(getattr(self, self.whole).owner_path)

    @property
    def owner_is_own(self) -> bool:
        """Whether the whole is the city group's own."""
        return bool(getattr(self, self.whole).owner_is_own)

    @property
    def confidentiality(self) -> Confidentiality:
        """As confidential as the whole."""
        return Confidentiality(getattr(self, self.whole).confidentiality)


class Findable:
    """A record found by its code and its names, and sorted by its Finnish name, alike on every database.

    What a sector writes freely has one name only, in the column `named_by` itself.
    """

    named_by: ClassVar[str] = "name"

    sort_name: Mapped[str] = mapped_column(Bytewise, index=True)
    search_text: Mapped[Text]


@event.listens_for(Findable, "before_insert", propagate=True)
@event.listens_for(Findable, "before_update", propagate=True)
def fold_names(_mapper: object, _connection: object, record: Any) -> None:
    """Keep the folded texts in step with the names."""
    in_languages = [getattr(record, f"{record.named_by}_{code}", None) for code in LANGUAGES]
    names = [str(name) for name in in_languages if name] or [str(getattr(record, record.named_by, ""))]
    record.search_text = search_key(" ".join([record.code, *names]))
    record.sort_name = sort_key(names[0])


@event.listens_for(Session, "before_flush")
def refuse_identity_codes(session: Session, _context: object, _instances: object) -> None:
    """No text of a record names a person by the identity code, whatever way it came.

    Raises RuleBroken that names the field.
    """
    for record in [*session.new, *session.dirty]:
        if isinstance(record, Audited):
            for name, value in vars(record).items():
                if isinstance(value, str) and name not in UNTOLD and (code := identity_code(value)):
                    message = N_("A personal identity code (%(code)s) is not kept here. Remove it.")
                    raise RuleBroken(message, field=name, code=masked(code))
