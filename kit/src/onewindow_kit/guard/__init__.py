"""Departments' own look-ups of people: the same decision, budgets and record as at the gateway.

``Guard`` is what ``app.py`` builds; the edge does the rest by what the contract says an operation shows (``x-shows``). A use
case only speaks where neither answer nor request names whom it shows (``shown``).
"""

from onewindow_kit.guard.guard import Guard
from onewindow_kit.guard.looks import Look, Looks
from onewindow_kit.guard.register import Register
from onewindow_kit.guard.shows import Shows, shows
from onewindow_kit.guard.subjects import shown

__all__ = ["Guard", "Look", "Looks", "Register", "Shows", "shown", "shows"]
