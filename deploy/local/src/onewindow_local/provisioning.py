"""Keys for every holder and rights at the broker, from what the topic files say."""

import asyncio
from pathlib import Path

from onewindow_local import brokers
from onewindow_local.environment import instance_name
from onewindow_local.errors import LocalError
from onewindow_local.events import Report
from onewindow_local.instance import DEPARTMENTS, Instance

LOOK_EVERY = 1.0


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
    topics, authorities = contracts.topics.values(), contracts.authorities.values()
    named = {name for topic in topics for name in (topic.department, *topic.producers, *topic.consumers)}
    hosts = {authority.host for authority in authorities if authority.host}
    provision(folder, topics, authorities, {*DEPARTMENTS, "gateway", *named, *hosts}, instance_name())


def provide_broker(instance: Instance) -> None:
    """Users of the embedded Kafka and what each may do there. Doing it again changes nothing."""
    from onewindow_contracts.loader import load

    brokers.provide(instance, load().topics.values())


async def follow_contracts(instance: Instance, report: Report, *, broker: bool) -> None:
    """Hand keys and rights out again whenever contracts change: a department that comes later finds its own.

    `broker`: whether Kafka's users are ours to make.
    """
    from onewindow_contracts.documents import fingerprint
    from onewindow_contracts.loader import folders_from_environment

    folders = folders_from_environment()
    seen = await asyncio.to_thread(fingerprint, folders)
    while True:
        await asyncio.sleep(LOOK_EVERY)
        if (now := await asyncio.to_thread(fingerprint, folders)) == seen:
            continue
        seen = now
        try:
            await asyncio.to_thread(provide_keys, instance)
            if broker:
                await asyncio.to_thread(provide_broker, instance)
            report({"keys": "extended"})
        except LocalError as error:
            # Somebody is in the middle of writing them; the next change is another chance.
            report({"keys": "unchanged", "text": error.message})
