"""Finding a person by any of its pseudonyms, in what link records left."""

from __future__ import annotations

from typing import Final

from gateway.view.layout import place
from gateway.view.links import Holder, Linked, read_holder, read_linked
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

    def holder(self, store: Store, pseudonym: str) -> Holder | None:
        """Whose a pseudonym of any sector is; None when no link record lists it."""
        plain = self._plain(store, "pseudonyms", pseudonym)
        return None if plain is None else read_holder(plain)

    def linked(self, store: Store, pseudonym: str) -> Linked | None:
        """The person of a gateway pseudonym with all of the person's; None when no link record lists it."""
        plain = self._plain(store, "links", pseudonym)
        return None if plain is None else read_linked(plain)

    def read(self, key: bytes, sealed: bytes) -> Linked:
        """An entry of ``links`` as it is stored."""
        return read_linked(self._sealer.open(place("links", key), sealed))

    def _plain(self, store: Store, database: str, pseudonym: str) -> bytes | None:
        key = self.id(pseudonym)
        with store.env.begin(db=store.databases[database]) as transaction:
            sealed = transaction.get(key)
        return None if sealed is None else self._sealer.open(place(database, key), sealed)
