"""What each process is told: environment variables and nothing else, as in any other deployment."""

import json
import os
import sys
from dataclasses import dataclass
from functools import partial

from onewindow_local import brokers, databases, engine_choice, operators_port
from onewindow_local.instance import DEPARTMENTS, WITHOUT_API, Instance


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
    holder = brokers.HOLDERS.get(service, service)
    own = {
        "ONEWINDOW_INSTANCE": instance_name(),
        "ONEWINDOW_KAFKA": addresses.kafka_for(instance, service),
        "ONEWINDOW_KEYRING": str(instance.keys / f"{holder}.json"),
        "ONEWINDOW_HOST": "127.0.0.1",
        "ONEWINDOW_OPS_PORT": str(instance.ops_port(service)),
        "ONEWINDOW_OPS_TOKEN": operators_port.operators_token(instance),
        "ONEWINDOW_ISSUER": instance.url("identity"),
        "ONEWINDOW_IDENTITY_URL": instance.url("identity"),
        "ONEWINDOW_IMPORTS": str(instance.folder / "imports"),
        "ONEWINDOW_NODE": str(instance.folder / "node" / holder),
        "PYTHONUNBUFFERED": "1",
    }
    if service not in WITHOUT_API:
        own |= {"ONEWINDOW_PORT": str(instance.api_port(service)), "ONEWINDOW_PUBLIC_URL": instance.url(service)}
    departments = (*DEPARTMENTS, *instance.guests)
    own["ONEWINDOW_DEPARTMENT_URLS"] = json.dumps({name: instance.url(name) for name in departments})
    passwords = databases.passwords(instance)
    url = partial(databases.service_url, addresses.database, instance_name())
    match service:
        case "gateway" | "projector":
            own["ONEWINDOW_VIEW"] = str(instance.folder / "view")
            own["ONEWINDOW_CANARIES"] = str(instance.keys / "canaries")
            own["ONEWINDOW_RECORD"] = url(databases.READER, passwords[databases.READER], databases.RECORD)
        case "recorder":
            own["ONEWINDOW_RECORD"] = url(databases.RECORD, passwords[databases.RECORD])
            own["ONEWINDOW_WITNESS_URL"] = instance.url("witness")
        case department if department in departments:
            own["ONEWINDOW_DATABASE"] = url(department, passwords[department])
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


def service_command(instance: Instance, service: str) -> tuple[str, list[str]]:
    """Module and arguments of the process `service` of an instance."""
    match service:
        case "gateway":
            return "gateway", ["api"]
        case "projector" | "recorder":
            return "gateway", [service]
        case "witness":
            # Told by arguments and nothing else: it shares no setting with those whom it watches.
            where = ["--host", "127.0.0.1", "--port", str(instance.api_port("witness"))]
            log = str(instance.keys / "log.pub")
            name = f"onewindow/{instance_name()}/witness"
            return "onewindow_witness", [
                "serve",
                str(instance.folder / "witness"),
                "--name",
                name,
                "--log",
                log,
                *where,
            ]
        case _:
            return service, ["all"]
