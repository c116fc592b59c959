"""The sheets of the fill-in workbook and their fields."""
