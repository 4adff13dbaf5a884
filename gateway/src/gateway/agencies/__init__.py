"""What an agency sees: single fields of one person, for a registered purpose."""
