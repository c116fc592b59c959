"""What watches over a sheet of the fill-in workbook: drop-downs, limits, words of help, and colours of conditions."""

from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.books import form_styles
from exports.filling import states
from exports.filling.fields import Field, Kind, Table
from prepare.texts import _

#: How long a message beside a cell, and its title, may be.
LONGEST, LONGEST_TITLE = 255, 32


def validate(sheet: Worksheet, one: Field, area: str) -> None:
    """Offer the field's list, or hold its values to their limits; a word of help stands beside the cell."""
    rule = _rule(one)
    rule.allow_blank = rule.showErrorMessage = True
    rule.errorStyle, rule.errorTitle = "stop", _("Check the value")[:LONGEST_TITLE]
    if one.help:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = one.title().rstrip("* \u00a0")[:LONGEST_TITLE], _(one.help)[:LONGEST]
    rule.add(area)
    sheet.add_data_validation(rule)


def _rule(one: Field) -> DataValidation:
    if name := list_name(one):
        return DataValidation(type="list", formula1=name, error=_("Choose from the list."))
    if one.kind is Kind.DATE:
        limits = {"formula1": "DATE(1950,1,1)", "formula2": "DATE(2200,1,1)"}
        return DataValidation(type="date", operator="between", error=_("Give a date, as 31.12.2026."), **limits)
    if one.kind in (Kind.TEXT, Kind.LONG):
        told = _("At most %(most)s characters.", most=one.longest)
        return DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(one.longest), error=told)
    most = one.most / 100 if one.kind is Kind.PERCENT else one.most
    told = _("Give a number from %(least)s to %(most)s.", least=f"{one.least:g}", most=f"{one.most:.15g}")
    limits = {"formula1": f"{one.least:g}", "formula2": f"{most:.15g}"}
    kind = "whole" if one.kind is Kind.WHOLE else "decimal"
    return DataValidation(type=kind, operator="between", error=told, **limits)


def list_name(one: Field) -> str:
    """The defined name of the list from which the field is chosen; empty when it is not chosen."""
    if one.kind is Kind.YES_NO:
        return "list_yes_no"
    if one.words:
        return f"list_{one.words.__name__.lower()}"
    return f"list_{one.items}" if one.items else ""


def colour(sheet: Worksheet, table: Table, columns: dict[str, list[str]], state: str, first: int, last: int) -> None:
    """Colour what is missing in a row that was begun, and the row's state; the words say the same."""
    begun = f"COUNTA(${columns[table.inputs[0].key][0]}{first}:${columns[table.inputs[-1].key][-1]}{first})>0"
    begun = "TRUE" if table.asks else begun
    for one in table.inputs:
        if one.required or one.wanted:
            column = columns[one.key][0]
            fill = form_styles.MISSING_FILL if one.required else form_styles.OPEN_FILL
            rule = FormulaRule(formula=[f'AND({begun},${column}{first}="")'], fill=form_styles.told(fill))
            sheet.conditional_formatting.add(f"{column}{first}:{column}{last}", rule)
    missing, open_, check = states.begins()
    fills = {
        states.READY: form_styles.READY_FILL,
        open_: form_styles.OPEN_FILL,
        missing: form_styles.MISSING_FILL,
        check: form_styles.CHECK_FILL,
        states.removed(): form_styles.REMOVED_FILL,
    }
    for word, fill in fills.items():
        test = f'LEFT(${state}{first},{len(word)})="{word}"'
        rule = FormulaRule(formula=[test], fill=form_styles.told(fill))
        sheet.conditional_formatting.add(f"{state}{first}:{state}{last}", rule)
