"""Tables that a firm has, read: workbooks, CSV, tables in Word; what their cells mean, cleaned."""
