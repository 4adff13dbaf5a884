"""What each process is told: environment variables and nothing else, as in any other deployment."""

import json
import os
import sys
from dataclasses import dataclass
from functools import partial

from onewindow_local import brokers, databases, engine_choice
from onewindow_local.instance import DEPARTMENTS, Instance


@dataclass(frozen=True)
class Addresses:
    """Where the engines of a running instance are: a superuser's database address, and Kafka's if it is not embedded."""

    database: str
    kafka: str | None

    def kafka_for(self, instance: Instance, user: str) -> str:
        """Kafka's address as the process `user` is given it; an embedded one knows each by a name of its own."""
        return self.kafka or brokers.address(instance, user)


def addresses(instance: Instance) -> Addresses:
    """Where the engines of the running instance are."""
    from onewindow_local.engines.postgres import Postgres

    choice = engine_choice.decide(instance, None, None)
    database = choice.database or Postgres(instance.folder / "postgres", instance.postgres_port).url
    return Addresses(database, choice.kafka)


def instance_name() -> str:
    return os.environ.get("ONEWINDOW_INSTANCE", "demo")


def service_environment(instance: Instance, addresses: Addresses, service: str) -> dict[str, str]:
    """The whole environment of `service`; what the user set in ONEWINDOW_* and we do not decide is passed on."""
    holder = "gateway" if service == "projector" else service
    own = {
        "ONEWINDOW_INSTANCE": instance_name(),
        "ONEWINDOW_KAFKA": addresses.kafka_for(instance, service),
        "ONEWINDOW_KEYRING": str(instance.keys / f"{holder}.json"),
        "ONEWINDOW_HOST": "127.0.0.1",
        "ONEWINDOW_OPS_PORT": str(instance.ops_port(service)),
        "ONEWINDOW_ISSUER": instance.url("identity"),
        "ONEWINDOW_IDENTITY_URL": instance.url("identity"),
        "ONEWINDOW_IMPORTS": str(instance.folder / "imports"),
        "ONEWINDOW_NODE": str(instance.folder / "node" / holder),
        "PYTHONUNBUFFERED": "1",
    }
    if service != "projector":
        own["ONEWINDOW_PORT"] = str(instance.api_port(service))
    departments = (*DEPARTMENTS, *instance.guests)
    passwords = databases.passwords(instance)
    url = partial(databases.service_url, addresses.database, instance_name())
    if service in departments:
        own["ONEWINDOW_DATABASE"] = url(service, passwords[service])
    else:
        own["ONEWINDOW_RECORD"] = url(databases.READER, passwords[databases.READER], databases.RECORD)
        own["ONEWINDOW_VIEW"] = str(instance.folder / "view")
        own["ONEWINDOW_DEPARTMENT_URLS"] = json.dumps({name: instance.url(name) for name in departments})
    if service == "transport":
        own["ONEWINDOW_HOUSING_URL"] = instance.url("housing")
    if service == "identity":
        own["ONEWINDOW_CLIENTS"] = str(instance.keys / "clients.json")
        own["ONEWINDOW_DEV_ISSUER"] = "true"
        own["ONEWINDOW_SAMPLE_PEOPLE"] = str(instance.people_file)
    return dict(os.environ) | own


def module_command(module: str, *arguments: str) -> list[str]:
    """`python -m module …` in the interpreter that runs us."""
    return [sys.executable, "-m", module, *arguments]


def service_command(service: str) -> list[str]:
    """Module and arguments of the process `service` of an instance."""
    match service:
        case "gateway":
            return ["gateway", "api"]
        case "projector":
            return ["gateway", "projector"]
        case _:
            return [service, "all"]
