"""Finding the person an agency names by number and name."""

from __future__ import annotations

from onewindow_kit.problems import Forbidden, InvalidRequest
from onewindow_kit.pseudonyms import IdentityClient
from onewindow_kit.pseudonyms import PersonNotFound as Unknown

from gateway.access.problems import PersonNotFound


class Persons:
    """Asks identity with the gateway's own credential; number and name go on in a body and are kept nowhere."""

    def __init__(self, identity: IdentityClient) -> None:
        self._identity = identity

    async def resolve(self, scheme: str, number: str, name: str) -> str:
        """The person's pseudonym in the gateway's sector; PersonNotFound for everybody out of reach, all alike."""
        try:
            return str(await self._identity.resolve(scheme, number, name))
        except InvalidRequest as error:
            # Identity names places in its own request, not in this one; the value is repeated nowhere.
            raise InvalidRequest(errors=[{"path": "/body/subject", "reason": "no_number_of_this_scheme"}]) from error
        except (Forbidden, Unknown) as error:
            raise PersonNotFound from error
