"""Rows as the database has them: a session keeps what it read, and commands write beside it."""

from typing import Any

FRESH: dict[str, Any] = {"populate_existing": True}
"""Execution options of a query whose rows may have been written in the same transaction."""
