"""`python -m onewindow_contracts`."""

from onewindow_contracts.commands import app

app()
