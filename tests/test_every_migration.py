"""Every migration: the migrated schema is that of the models, up and down, with data in it."""

import ast
import re

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from prepare.app import create_app
from prepare.db import Base, db, engine_options
from tests.conftest import ROOT, lay, let_go, settings

VERSIONS = sorted((ROOT / "prepare" / "migrations" / "versions").glob("*.py"))


@pytest.fixture(scope="module")
def script():
    """The revisions as Alembic reads them."""
    return ScriptDirectory(str(ROOT / "prepare" / "migrations"))


@pytest.fixture
def installation(tmp_path, other_database):
    """An empty installation of its own, which may be taken up and down."""
    house = create_app(settings(tmp_path, DATABASE_URL=other_database(tmp_path)))
    with house.app_context():
        yield house
        db.session.remove()
        db.engine.dispose()


def differences():
    """How the database differs from the models."""
    with db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)


#: What a PostgreSQL says of itself, beyond what Alembic compares: name → how it was made.
SAYS = """
SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT table_name || '.' || column_name, concat_ws(
  ' ', data_type, character_maximum_length, collation_name, is_nullable, column_default)
FROM information_schema.columns WHERE table_schema = 'public'
"""
MADE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def schema(engine=None):
    """The database as it describes itself, without Alembic's own: name → how it was made, without blanks."""
    engine = engine or db.engine
    with engine.connect() as connection:
        told = connection.execute(sa.text(SAYS if engine.dialect.name == "postgresql" else MADE)).all()
    return {name: re.sub(r"\s+", " ", made) for name, made in told if "alembic_version" not in name}


def rows():
    """Every row of every table, without Alembic's own."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(table).order_by(*table.primary_key.columns)).all()
            for table in Base.metadata.sorted_tables
        }


def test_an_empty_database_is_migrated_to_the_schema_of_the_models(installation):
    flask_migrate.upgrade()

    assert differences() == []


def test_what_the_comparison_does_not_see_is_alike_too(installation, tmp_path, other_database):
    """Check constraints, partial indexes and collations, compared by name in both databases."""
    flask_migrate.upgrade()
    migrated = schema()

    (tmp_path / "models").mkdir()
    url = other_database(tmp_path / "models") or f"sqlite:///{tmp_path / 'models' / 'prepare.sqlite'}"
    engine = sa.create_engine(url, **engine_options(url))
    Base.metadata.create_all(engine)
    made = schema(engine)
    engine.dispose()

    assert alike(migrated, made)


def alike(one, other):
    """Whether two schemas are the same but for the order in which columns and constraints stand."""
    different = {name for name in one.keys() & other.keys() if parts(one[name]) != parts(other[name])}
    return one.keys() == other.keys() and not different


def parts(statement):
    """The columns and constraints of a table, or the columns and condition of an index, in any order."""
    head, _, rest = re.sub(r'["`]', "", statement).partition("(")
    body, _, condition = rest.rpartition(")")
    return head.strip(), condition.strip(), sorted(part.strip() for part in re.split(r",(?![^()]*\))", body))


def test_migrating_again_changes_nothing(installation):
    flask_migrate.upgrade()
    before = schema()

    flask_migrate.upgrade()

    assert schema() == before


#: revision → columns, as "table.column", whose values it is meant to change; every other value stays as it is.
REWRITES: dict[str, set[str]] = {}


def held():
    """Every value that the database holds, whatever its schema is: "table.column" → values by primary key."""
    found = {}
    with db.engine.connect() as connection:
        for (_schema, name), key in sa.inspect(connection).get_multi_pk_constraint().items():
            every = sa.select(sa.text("*")).select_from(sa.table(name))
            told = connection.execute(every.order_by(*map(sa.column, key["constrained_columns"])))
            rows = told.all()
            found |= {f"{name}.{column}": [str(row[place]) for row in rows] for place, column in enumerate(told.keys())}
    return {name: values for name, values in found.items() if not name.startswith("alembic_version")}


class Watch:
    """What the database holds, watched from one revision to the next."""

    def __init__(self):
        self.held = held()

    def lost(self, step, revision, newer):
        """Go to a revision; the columns that both have and whose values changed although `newer` should keep them."""
        step(revision=revision)
        before, self.held = self.held, held()
        kept = (before.keys() & self.held.keys()) - REWRITES.get(newer, set())
        return {f"{step.__name__} of {newer}: {name}" for name in kept if before[name] != self.held[name]}


def test_data_survives_every_step_up_down_and_up_again(app, town_file, script):
    """Each revision is taken on a filled database of its predecessor; the schema comes back, and every value stays."""
    steps = [(one.down_revision, one.revision) for one in script.walk_revisions() if one.down_revision]
    lay(app, town_file)
    with app.app_context():
        watch = Watch()
        for older, newer in steps:  # the newest first: going down to its predecessor fills that one
            assert watch.lost(flask_migrate.downgrade, older, newer) == set()
        for older, newer in reversed(steps):
            old_schema = schema()
            assert watch.lost(flask_migrate.upgrade, newer, newer) == set()
            assert watch.lost(flask_migrate.downgrade, older, newer) == set()
            assert alike(schema(), old_schema), newer
            assert watch.lost(flask_migrate.upgrade, newer, newer) == set()
        assert sum(map(len, watch.held.values())) > 1000
        assert differences() == []
        db.session.remove()
        db.engine.dispose()


def test_the_first_revision_leaves_nothing_behind(app, town_file):
    lay(app, town_file)
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        assert schema() == {}
        flask_migrate.upgrade()
        assert differences() == []
    let_go(app)


def test_a_migration_is_tried_with_data_in_almost_every_table(app, town_file):
    lay(app, town_file)
    with app.app_context():
        empty = {name for name, found in rows().items() if not found}
        db.session.remove()

    by_use = {"draft", "form_post", "invitation", "kept_text", "plan_author", "reminder_sent", "sign_in"}
    by_use |= {"sign_in_failure", "transfer_move", "scenario_copy"}
    by_use |= {"form_export", "handed_in", "intake", "list_mapping", "list_upload"}
    by_use |= {"api_token_use", "crisis_package", "job", "job_worker", "kept_file"}
    by_use |= {"schedule", "stored_report"}
    assert empty <= by_use, "filled by use"


def test_revisions_follow_one_another_in_a_line(script):
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    assert len(list(script.walk_revisions())) == len(VERSIONS)


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_says_what_it_changes_and_how_to_take_it_back(path):
    tree = ast.parse(path.read_text("utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}

    assert ast.get_docstring(tree)
    assert functions.keys() >= {"upgrade", "downgrade"}
    for function in (functions["upgrade"], functions["downgrade"]):
        assert any(
            not isinstance(node, ast.Pass | ast.Expr) or isinstance(node.value, ast.Call) for node in function.body
        )


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_revision_does_not_read_the_models_which_will_change(path):
    names = {
        name.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }

    assert not [
        name for name in names if name and name.partition(".")[0] in ("prepare", "risks", "dependencies", "continuity")
    ]


def test_the_town_is_migrated_as_an_installation_is(app, town_file):
    lay(app, town_file)
    with app.app_context():
        assert differences() == []
