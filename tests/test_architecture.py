"""The floor plan as a test: who may import whom, by which door each library enters, and how large a thing may grow.

The law stands in the architecture: imports go down and left, only the roof sees everything.
"""

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.each import each_of

ROOT = Path(__file__).parent.parent
PACKAGES = ("prepare", "risks", "dependencies", "continuity", "exports")
FLOORS = ("rules", "records", "readings", "register", "pages", "roof")
ROLES = {
    "records": {"db", "audit", "models", "migrations"},
    "readings": {
        "queries",
        "loading",
        "tracing",
        "analysing",
        "readiness",
        "frames",
        "books",
        "registers",
        "workbook",
        "package",
    },
    "register": {"register", "intake"},
    "pages": {"gate", "forms", "insets", "views"},
    "roof": {"app", "cli", "sow", "__main__"},
}
ROOF = re.compile(r"prepare\.(app|cli|sow|__main__|migrations\.env)(\..+)?")

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FORBIDDEN_NAMES = {"utils", "helpers", "services", "manager", "common", "misc", "base", "data", "process"}
#: Heavy libraries that one function may import when it needs them.
LAZY = {"PIL", "distributed", "fpdf", "matplotlib", "numba", "waitress"}

READINGS = "queries|loading|tracing|analysing|readiness|frames|books|registers|workbook|package"
RECORDS_TO_REGISTER = rf".+\.(db|audit|models|migrations|{READINGS}|register|intake)"
PAGES = r".+\.(gate|forms|insets|views)"
ROOF_TOO = r"prepare\.(app|cli|sow|__main__|migrations\.env)"
#: library → the modules (with all below them) by which it may enter
DOORS = {
    "PIL": r"exports",
    "alembic": r"prepare\.migrations|" + ROOF_TOO,
    "argon2": r"prepare\.passwords",
    "babel": r"prepare\.texts",
    "click": r"prepare\.(cli|__main__)",
    "cryptography": r"exports\.signatures",
    "dask": r"dependencies",
    "distributed": r"dependencies\.cluster",
    "defusedxml": r"exports",
    "email": r"prepare\.mail",
    "flask": f"{PAGES}|{ROOF_TOO}",
    "flask_migrate": ROOF_TOO,
    "flask_sqlalchemy": r"prepare\.db",
    "flask_wtf": r".+\.forms|prepare\.(gate|app)",
    "fpdf": r"exports\.paper",
    "itsdangerous": r"prepare\.gate",
    # A crisis package is pages too, drawn without a request.
    "jinja2": f"{PAGES}|{ROOF_TOO}|exports\\.package\\.site",
    "lxml": r"exports",
    "markupsafe": f"{PAGES}|{ROOF_TOO}",
    "matplotlib": r"exports\.(charts|plots)",
    "networkx": r"dependencies\.(?!models|queries|loading|tracing|analysing|register|forms|views)\w+"
    r"|continuity\.recovery",
    "numba": r"dependencies",
    "numpy": r"dependencies",
    "openpyxl": r"exports",
    "pandas": r"exports",
    "pysqlite3": r"prepare\.db",
    "python_calamine": r"exports\.intake",
    "pyzipper": r"exports\.archive",
    "smtplib": r"prepare\.mail",
    # The gate loads the record that an address names, so it asks the database too.
    "sqlalchemy": f"{RECORDS_TO_REGISTER}|prepare\\.gate|{ROOF_TOO}",
    "sqlite3": r"prepare\.db",
    "waitress": r"prepare\.cli",
    "werkzeug": f"{PAGES}|{ROOF_TOO}",
    "wtforms": r".+\.forms",
    "yaml": r"prepare\.sow",
}
#: Where text may be declared safe for HTML: an inset is a template that has been rendered already.
MARKUP = {"prepare.insets"}
#: Where SQL is not a constant: the settings of a connection take no parameters.
PRAGMAS = {"prepare.db"}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}
TEMPLATES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.html"))]
every_module = each_of(sorted(MODULES))


@cache
def tree(module: str) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(MODULES[module].read_text("utf-8"))


def place(module: str) -> tuple[int, int]:
    """Package and floor of a module, both counted from the bottom left."""
    package, _, rest = module.partition(".")
    role = rest.partition(".")[0]
    floor = next((floor for floor, roles in ROLES.items() if role in roles), "rules")
    return PACKAGES.index(package), FLOORS.index("roof" if ROOF.fullmatch(module) else floor)


def imported(node: ast.AST) -> set[str]:
    """What an import statement names: submodules of our own by their full name, else the module."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return ({f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()) or {str(node.module)}
    return set()


def imports(module: str) -> set[str]:
    """Every module this one imports, wherever in the file the import stands."""
    return set().union(*(imported(node) for node in ast.walk(tree(module))))


def functions(module: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of the module, methods and inner ones too."""
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(module: str) -> list[tuple[str, ast.Call]]:
    """Every call in the module: the last part of the called name, and the call."""
    found = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            found.append((name, node))
    return found


def test_the_house_has_five_packages_and_nothing_is_overlooked():
    assert {module.partition(".")[0] for module in MODULES} == set(PACKAGES)
    assert len(MODULES) > 30
    assert TEMPLATES


@every_module
def test_imports_go_down_and_left(module):
    package, floor = place(module)
    for name in imports(module) & MODULES.keys():
        its_package, its_floor = place(name)
        assert its_floor <= floor, f"{module} reaches up to {name}"
        assert its_package <= package or FLOORS[floor] == "roof", f"{module} reaches right to {name}"


@every_module
def test_each_library_enters_by_its_own_door(module):
    for library in {name.partition(".")[0] for name in imports(module)} & DOORS.keys():
        assert re.fullmatch(f"(?:{DOORS[library]})(\\..+)?", module), f"{library} may not enter by {module}"


def test_there_is_no_import_cycle():
    graph = {module: imports(module) & MODULES.keys() - {module} for module in MODULES}

    order = tuple(TopologicalSorter(graph).static_order())

    assert set(order) == MODULES.keys()


@every_module
def test_no_import_is_relative(module):
    levels = [node.level for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom)]

    assert not any(levels)


@every_module
def test_imports_stand_at_the_top(module):
    for function in functions(module):
        for name in set().union(*(imported(node) for node in ast.walk(function))):
            assert name.partition(".")[0] in LAZY, f"{module}.{function.name} imports {name}"


#: A revision lists every table that it makes and is not read for its logic.
every_written_module = each_of(sorted(name for name in MODULES if not name.startswith("prepare.migrations.versions")))


@every_written_module
def test_a_file_stays_readable(module):
    lines = MODULES[module].read_text("utf-8").count("\n")

    assert lines <= LONGEST_FILE


@every_written_module
def test_a_function_stays_readable(module):
    for function in functions(module):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= LONGEST_FUNCTION, f"{module}.{function.name} has {length} lines"


@every_module
def test_a_module_is_named_for_what_it_knows(module):
    assert not FORBIDDEN_NAMES & set(module.split("."))


@every_module
def test_a_module_says_what_it_is(module):
    assert ast.get_docstring(tree(module))


def test_the_database_is_written_in_one_place():
    commits = [module for module in MODULES for name, _call in calls(module) if name == "commit"]

    assert commits == ["prepare.db"]


@every_module
def test_no_text_is_declared_safe_html(module):
    names = {name for name, _call in calls(module)}

    assert "render_template_string" not in names
    assert "Markup" not in names or module in MARKUP


@each_of(TEMPLATES)
def test_no_template_declares_text_safe(template):
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", template.read_text("utf-8"))


@every_module
def test_sql_is_never_put_together_from_text(module):
    asks_database = "sqlalchemy" in {name.partition(".")[0] for name in imports(module)}
    for name, call in calls(module) if asks_database else ():
        if name in ("text", "execute", "scalars", "exec_driver_sql") and call.args:
            assembled = isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
            assert not assembled or module in PRAGMAS, f"line {call.lineno} puts SQL together"


@pytest.mark.parametrize(
    ("importer", "name", "allowed"),
    [
        ("risks.register", "risks.queries", True),
        ("risks.queries", "risks.register", False),
        ("risks.models", "prepare.models.functions", True),
        ("prepare.models.functions", "risks.models", False),
        ("risks.matrix", "prepare.models.functions", False),
        ("prepare.sow.plans", "continuity.models", True),
        ("prepare.migrations.env", "continuity.models", True),
    ],
)
def test_the_floor_plan_tells_down_and_left_from_up_and_right(importer, name, allowed):
    (package, floor), (its_package, its_floor) = place(importer), place(name)

    goes = its_floor <= floor and (its_package <= package or FLOORS[floor] == "roof")

    assert goes is allowed
