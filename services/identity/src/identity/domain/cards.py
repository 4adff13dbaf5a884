"""Identity cards: valid by the holder's age at issue; loss or a changed entry replaces the card (居民身份证法 5, 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from identity.domain.ages import age, months_after, years_after
from identity.domain.problems import CardHeld, CardNotPossible
from identity.domain.refusals import RenewalTooEarly
from identity.domain.standing import Standing

# Reasons for a card that replaces the one held; ``first`` needs that none is held.
REPLACING = frozenset({"renewal", "damage", "loss", "changed-entry"})
HOLDERS = frozenset({Standing.REGISTERED, Standing.IN_TRANSIT, Standing.SERVING, Standing.SETTLED_ABROAD})


def valid_until(birth_date: date, issued_on: date, bands: Sequence[tuple[int | None, int | None]]) -> date | None:
    """The last day of validity, None for a card without limit.

    ``bands``: (below which age, None for any; years, None for no limit, 0 where that age gets no card), youngest first.
    """
    years_lived = age(birth_date, issued_on)
    for below, years in bands:
        if below is None or years_lived < below:
            if years == 0:
                break
            return None if years is None else years_after(issued_on, years)
    raise CardNotPossible


def may_renew(until: date | None, on: date, months: int) -> None:
    """A card is renewed in the last ``months`` of its term, or after it; one without limit never is."""
    if until is None or on < months_after(until, -months):
        raise RenewalTooEarly


def may_issue(standing: Standing, has_number: bool, holds_valid: bool, reason: str) -> None:
    """Refuses a card for who can't hold one, and a second one without a reason to replace the first."""
    if standing not in HOLDERS or not has_number:
        raise CardNotPossible
    if holds_valid and reason not in REPLACING:
        raise CardHeld
