"""Alembic runs this; the kit opens the connection."""

from onewindow_kit.migrate import run

run()
