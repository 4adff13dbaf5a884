"""Alembic's environment: the kit opens the connection and holds the lock."""

from onewindow_kit.migrate import run

run()
