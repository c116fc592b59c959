"""The fill-in workbook: one declaration of its fields drives what is written, checked and read back."""
