"""Taking files in: the gate for hostile ones, and the fill-in workbook that a sector hands back."""
