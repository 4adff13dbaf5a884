"""Finding a person by any of its pseudonyms, in the claims that link records left."""

from __future__ import annotations

from typing import Final

from gateway.view.layout import place
from gateway.view.links import Claim, holding, read_claims
from gateway.view.seal import ViewSealer
from gateway.view.store import Store

REMEMBERED: Final = 200_000


class People:
    """Remembers subject ids: they depend on the keyring alone."""

    def __init__(self, sealer: ViewSealer) -> None:
        self._sealer = sealer
        self._ids: dict[str, bytes] = {}

    def id(self, pseudonym: str) -> bytes:
        """The subject id under which the store files a pseudonym."""
        found = self._ids.get(pseudonym)
        if found is None:
            if len(self._ids) >= REMEMBERED:
                self._ids.clear()
            found = self._ids[pseudonym] = self._sealer.subject(pseudonym)
        return found

    def claim(self, store: Store, database: str, pseudonym: str) -> Claim | None:
        """The claim to a pseudonym that holds; ``links`` knows gateway pseudonyms with all of the person's."""
        key = self.id(pseudonym)
        with store.env.begin(db=store.databases[database]) as transaction:
            sealed = transaction.get(key)
        return None if sealed is None else self.read(database, key, sealed)

    def read(self, database: str, key: bytes, sealed: bytes) -> Claim | None:
        return holding(read_claims(self._sealer.open(place(database, key), sealed)))
