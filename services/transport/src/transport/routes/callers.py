"""Who a citizen's or a firm's command is for."""

from typing import Any

from onewindow_kit.decide import Principal
from onewindow_kit.problems import Forbidden

SECTOR = "transport"


def own(caller: Principal) -> str:
    """The caller's pseudonym in this sector; a token that was exchanged for another sector is not for here."""
    if caller.sector != SECTOR:
        raise Forbidden
    return caller.subject


def stated(answer: Any) -> dict[str, Any]:
    """What an officer stated, without what was left out."""
    return {} if answer is None else answer.model_dump(exclude_none=True)
