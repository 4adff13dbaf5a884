"""What a credential reached: everybody whose data it showed, and which fields, read from the access record."""
