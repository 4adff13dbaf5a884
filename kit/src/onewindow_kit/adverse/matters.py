"""Open questions and disputes, as oversight tells each sector of those against its offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from onewindow_kit.adverse.acts import Acts
from onewindow_kit.aliases import resolve
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import InvalidIntroduction, open_introduction
from onewindow_kit.wire import Refused

PREFIX = "oversight.matter-"


async def heard(acts: Acts, keyring: Keyring, session: AsyncSession, envelope: Mapping[str, Any]) -> None:
    """A matter was opened, moved on or closed; Refused when it names nobody of this sector."""
    body = envelope["body"]
    is_open = body["state"] == "open" and envelope["change"] != "ended"
    at = datetime.fromisoformat(envelope["recorded_at"]).timestamp()
    try:
        person = str(open_introduction(keyring, body["introduction"], at=at))
    except InvalidIntroduction as error:
        raise Refused("matter-without-person", "the introduction is not for this sector") from error
    whose, office = await resolve(session, person), body["authority"]
    await acts.matter(session, envelope["urn"], whose, office, is_open=is_open, about=body["about"])
