"""What people enter, as values: the same from a page, a workbook or a command."""
