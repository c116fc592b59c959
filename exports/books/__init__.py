"""The workbooks, each by what it tells; `exports/workbook.py` says what a finished one is."""
