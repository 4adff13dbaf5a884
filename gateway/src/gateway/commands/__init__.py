"""Acting: a citizen's command, carried to the department that answers for it, with nothing of its logic here."""
