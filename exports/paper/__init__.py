"""Documents on paper: A4 pages as PDF with marking, page numbers and the house's own type."""
