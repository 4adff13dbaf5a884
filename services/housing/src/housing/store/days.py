"""Days as the database writes them into JSON."""

from datetime import date

# The driver stores the calendar's first and last day as PostgreSQL's infinities, and JSON spells those out.
_ENDS = {"-infinity": date.min, "infinity": date.max}


def day_of(text: str) -> date:
    """The day; the last one of the calendar is how many a contract says that something has no end."""
    return _ENDS.get(text) or date.fromisoformat(text)
