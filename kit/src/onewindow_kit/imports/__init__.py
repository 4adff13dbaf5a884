"""Taking in what departments have: CSV and JSON Lines, streamed, resumable, each refused row kept with its reason."""

from onewindow_kit.imports.command import command
from onewindow_kit.imports.rows import FileRefused, Parsed, Refusal, RowRefused
from onewindow_kit.imports.run import Import, Outcome

__all__ = ["FileRefused", "Import", "Outcome", "Parsed", "Refusal", "RowRefused", "command"]
