"""What people enter about dependencies, as values: the same from a page, a workbook or a command."""
