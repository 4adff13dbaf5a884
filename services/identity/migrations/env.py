"""Alembic's entry: the kit runs the migrations on the connection that it opened."""

from onewindow_kit.migrate import run

run()
