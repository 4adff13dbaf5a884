"""What a row says of a card, a stay, a residence permit and a marriage that has ended: days and columns that belong together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from onewindow_contracts.errors import NotYetInForce

from identity.domain import cards
from identity.domain.ages import months_after
from identity.domain.problems import CardNotPossible
from identity.domain.standing import Standing
from identity.service.incoming import Incoming
from identity.service.rules import Rules

Add = Callable[[str, str, str], None]
STAY = ("stay_division", "stay_address", "stay_since")
PERMIT = ("permit_ground", "permit_granted_on")
GROUNDS = frozenset({"job", "home", "schooling"})


def check(row: Incoming, rules: Rules, today: date, add: Add) -> None:
    """Adds what is wrong, by field."""
    for name in ("divorced_on", "stay_since", "permit_granted_on", "permit_endorsed_on"):
        day = getattr(row, name)
        if day is not None and day < row.birth_date:
            add(name, "date-out-of-order", "The day lies before the birth.")
    if row.divorced_on is not None and (row.spouse is None or (row.married_on or row.divorced_on) > row.divorced_on):
        add("divorced_on", "date-out-of-order", "A divorce ends a marriage that is named, and not before it began.")
    if row.card_issued_on is not None:
        try:
            cards.valid_until(row.birth_date, row.card_issued_on, rules.parameter("card-validity", row.card_issued_on))
        except NotYetInForce:
            add("card_issued_on", "rule-not-in-force", "There were no identity cards on that day.")
        except CardNotPossible as problem:
            add("card_issued_on", problem.code, "The law of that day gave nobody of that age a card.")
    _stay(row, add)
    _permit(row, rules, add)


def _stay(row: Incoming, add: Add) -> None:
    given = [name for name in STAY if getattr(row, name) is not None]
    if given and len(given) < len(STAY):
        add(given[0], "missing", "A stay has a division, an address and the day from which it is registered.")
    if given and row.standing != Standing.ELSEWHERE:
        add(given[0], "stay-not-admissible", "A stay is of who is registered elsewhere.")


def _permit(row: Incoming, rules: Rules, add: Add) -> None:
    given = [name for name in (*PERMIT, "permit_endorsed_on") if getattr(row, name) is not None]
    if not given:
        return
    granted_on = row.permit_granted_on
    if row.permit_ground not in GROUNDS or granted_on is None or row.stay_since is None:
        add(given[0], "missing", "A permit has a ground (job, home, schooling), a day of grant and a registered stay.")
        return
    try:
        months = rules.parameter("permit-stay-months", granted_on)
    except NotYetInForce:
        add("permit_granted_on", "rule-not-in-force", "There were no residence permits on that day.")
        return
    if granted_on < months_after(row.stay_since, months):
        add("permit_granted_on", "stay-too-short", "The stay had not lasted long enough on that day.")
    if row.permit_endorsed_on is not None and row.permit_endorsed_on < granted_on:
        add("permit_endorsed_on", "date-out-of-order", "The day lies before the grant.")
