"""Records of runs of scenarios that were stored for reports."""

from sqlalchemy import ForeignKey, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Moment, Ref, Title
from prepare.models.kept import PartOf
from risks.models.scenarios import Scenario


class ScenarioRun(PartOf, Audited, Base):
    """A trace of a scenario that was stored for a report: what went in, and the fingerprint of what came out.

    It is shown by computing it again from what went in (`dependencies.stored`), and is never changed.
    """

    __tablename__ = "scenario_run"
    whole = "scenario"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)  #: the scenario's code and the number of the run: "S1 3"
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    made_at: Mapped[Moment]
    made_by: Mapped[Title]  #: as the person was called then
    purpose: Mapped[Title]
    graph_revision: Mapped[int]
    engine: Mapped[str] = mapped_column(String(40))
    program: Mapped[str] = mapped_column(String(40))  #: the version of this program
    method: Mapped[str] = mapped_column(String(40))
    horizon_h: Mapped[float]
    function_count: Mapped[int]
    need_count: Mapped[int]
    missed: Mapped[int]  #: hits that were left out, since their functions were no longer in force
    inputs: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    inputs_sha256: Mapped[str] = mapped_column(String(64))
    result_sha256: Mapped[str] = mapped_column(String(64))

    scenario: Mapped[Scenario] = relationship(lazy="joined", innerjoin=True)


@event.listens_for(ScenarioRun, "before_update")
def refuse_change(_mapper: object, _connection: object, run: ScenarioRun) -> None:
    """A stored run stays as it was stored."""
    raise RuntimeError(f"a stored run is never changed: {run.code}")
