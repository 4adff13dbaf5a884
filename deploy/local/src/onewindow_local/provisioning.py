"""Keys for every holder, from what the topic files say."""

from pathlib import Path

from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS, Instance


def provide_keys(instance: Instance) -> None:
    """Make or extend the keyrings in the instance's `keys` folder. Doing it again changes nothing."""
    provide_keys_in(instance.keys)


def provide_keys_in(folder: Path) -> None:
    """The same in any folder; it is made (0700) when missing."""
    # Imported late: these bring the schema compiler and the cryptography with them.
    from onewindow_contracts.errors import ContractError
    from onewindow_contracts.loader import load
    from onewindow_kit.keyring import provision

    try:
        contracts = load()
    except ContractError as error:
        raise LocalError(
            f"The contracts cannot be read: {error}",
            "./onewindow contracts lint says what is missing, and how to mend it.",
        ) from error
    provision(folder, contracts.topics.values(), contracts.authorities.values(), [*DEPARTMENTS, "gateway"])
