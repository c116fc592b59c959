"""What we hand over: workbooks."""
