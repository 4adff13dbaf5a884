"""Keys for every holder, from what the topic files say."""

from collections.abc import Mapping
from typing import Any

from onewindow_local.instance import DEPARTMENTS, Instance


def provide_keys(instance: Instance) -> None:
    """Make or extend the keyrings in the instance's `keys` folder. Doing it again changes nothing."""
    # Imported late: these bring the schema compiler and the cryptography with them.
    from onewindow_contracts.loader import load
    from onewindow_kit.keyring import provision

    contracts = load()
    provision(instance.keys, _values(contracts.topics), _values(contracts.authorities), [*DEPARTMENTS, "gateway"])


def _values(collection: Any) -> list[Any]:
    return list(collection.values()) if isinstance(collection, Mapping) else list(collection)
