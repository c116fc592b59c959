"""Pages of the workbooks."""

from exports.views import (
    agreements,
    api,
    fill_in,
    guidance,
    guidance_jobs,
    injects,
    list_jobs,
    lists,
    package_jobs,
    packages,
    papers,
    pictures,
    registers,
    report_jobs,
    reports,
    round_jobs,
    rounds,
    schedules,
    tokens,
    trail,
)
from exports.views.blueprint import bp
from prepare.access import Action
from prepare.insets import Inset, MenuGroup, MenuItem
from prepare.texts import N_

__all__ = [
    "INSETS",
    "JOBS",
    "MENU",
    "agreements",
    "api",
    "bp",
    "fill_in",
    "guidance",
    "injects",
    "lists",
    "packages",
    "papers",
    "pictures",
    "registers",
    "reports",
    "rounds",
    "schedules",
    "tokens",
    "trail",
]

MENU = (
    MenuItem(MenuGroup.REPORTS, 0, N_("Workbooks"), "exports.guidance", Action.EXPORT_GUIDANCE),
    MenuItem(MenuGroup.REPORTS, 10, N_("Readiness report"), "exports.readiness_report", Action.EXPORT_READINESS),
    MenuItem(MenuGroup.REPORTS, 20, N_("Crisis packages"), "exports.packages", Action.EXPORT_PACKAGE),
    MenuItem(MenuGroup.REPORTS, 30, N_("Registers"), "exports.registers", Action.EXPORT_REGISTER, ("lists", "tokens")),
)
INSETS: tuple[Inset, ...] = ()
JOBS = (*guidance_jobs.JOBS, *list_jobs.JOBS, *package_jobs.JOBS, *report_jobs.JOBS, *round_jobs.JOBS)
