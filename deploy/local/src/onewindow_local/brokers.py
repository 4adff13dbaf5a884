"""A user of the embedded Kafka for each process, who may do there what the topic files say and nothing else."""

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from onewindow_local.engines.kafka_settings import ADMIN
from onewindow_local.instance import Instance
from onewindow_local.secrets_file import known_or_made

if TYPE_CHECKING:
    from kafka.admin import ACL

OPERATOR = "operator"
"""Who asks for the command line: sees that topics are there, and reads dead letters."""
HOLDERS = {"projector": "gateway", "recorder": "access"}
"""Processes whose rights are those of a holder of another name."""
FOLLOWED = ("oversight.revocation.v1", "oversight.lock.v1", "oversight.heartbeat.v1")
"""What the gateway's API reads of Kafka besides the access record; all other events are the projector's."""
Right = tuple[str, str, str, str]
"""User, kind of resource, its name, operation: as kafka-python's enumerations name them."""


def passwords(instance: Instance) -> dict[str, str]:
    """User -> password; made once and kept with the keys (0600)."""
    names = (ADMIN, OPERATOR, *instance.processes, *instance.guests)
    return known_or_made(instance.keys / "kafka.json", names)


def address(instance: Instance, user: str) -> str:
    """The embedded broker's address for `user`, as the setting ONEWINDOW_KAFKA takes it."""
    mechanism = "plain" if user == ADMIN else "scram-sha-256"
    return f"{mechanism}://{user}:{quote(passwords(instance)[user], safe='')}@127.0.0.1:{instance.kafka_port}"


def provide(instance: Instance, topics: Iterable[Any]) -> None:
    """Make users and rights what `topics` say. Doing it again changes nothing; topics that are not among them stay."""
    from kafka.admin import (  # a start with a Kafka of one's own needs none
        KafkaAdminClient,
        UserScramCredentialUpsertion,
    )

    secrets = passwords(instance)
    topics = list(topics)
    users = [name for name in secrets if name != ADMIN]
    admin = KafkaAdminClient(
        bootstrap_servers=f"127.0.0.1:{instance.kafka_port}",
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="PLAIN",
        sasl_plain_username=ADMIN,
        sasl_plain_password=secrets[ADMIN],
        client_id="onewindow-supervisor",
    )
    try:
        present = {name for name, found in admin.describe_user_scram_credentials().items() if not found["error"]}
        missing = [
            UserScramCredentialUpsertion(name, "SCRAM-SHA-256", secrets[name]) for name in users if name not in present
        ]
        if missing and any(refused := admin.alter_user_scram_credentials(missing).values()):
            raise RuntimeError(f"Kafka made no users: {next(filter(None, refused))}")
        _grant(admin, set(rights(users, topics, os.environ.get("ONEWINDOW_TOPIC_PREFIX", ""))), _named(topics))
    finally:
        admin.close()


def rights(users: Iterable[str], topics: Iterable[Any], prefix: str) -> Iterator[Right]:
    """What each of `users` may do."""
    topics = list(topics)
    for user in users:
        holder = HOLDERS.get(user, user)
        for topic in topics:
            name = prefix + topic.topic
            if user == OPERATOR:
                yield user, "TOPIC", name, "DESCRIBE"
                if topic.kind == "dead-letter":
                    yield user, "TOPIC", name, "READ"
            elif _concerns(user, topic):
                if holder in topic.consumers:
                    yield user, "TOPIC", name, "READ"
                if holder in topic.producers:
                    yield user, "TOPIC", name, "WRITE"
                if holder in (topic.department, *topic.producers):
                    for operation in ("CREATE", "DESCRIBE_CONFIGS", "ALTER_CONFIGS"):
                        yield user, "TOPIC", name, operation
        for operation in ("WRITE", "DESCRIBE"):
            yield user, "TRANSACTIONAL_ID", f"{prefix}relay.{user}", operation


def _concerns(user: str, topic: Any) -> bool:
    """Of the gateway's topics: the API's are the access record and what it obeys, the projector's all that are no log."""
    match user:
        case "gateway":
            return topic.kind == "log" or topic.topic in FOLLOWED
        case "projector":
            return topic.kind != "log"
        case _:
            return True


def _named(topics: Iterable[Any]) -> set[str]:
    return {topic.topic for topic in topics}


def _grant(admin: Any, wanted: set[Right], known: set[str]) -> None:
    from kafka.admin import ACLFilter, ACLOperation, ACLPermissionType, ACLResourcePatternType, ResourcePatternFilter
    from kafka.admin import ResourceType as Kind

    everything = ResourcePatternFilter(Kind.ANY, None, ACLResourcePatternType.ANY)
    held, error = admin.describe_acls(ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY, everything))
    if getattr(error, "errno", 0):
        raise RuntimeError(f"Kafka does not tell its rights: {error}")
    present = {_right(acl): acl for acl in held}
    if new := [_acl(right) for right in sorted(wanted - present.keys())]:
        outcome = admin.create_acls(new)
        if outcome["failed"]:
            raise RuntimeError(f"Kafka granted no rights: {outcome['failed'][0]}")
    gone = [acl for right, acl in present.items() if right not in wanted and right[2] in known]
    if gone:
        admin.delete_acls(
            [ACLFilter(a.principal, a.host, a.operation, a.permission_type, a.resource_pattern) for a in gone]
        )


def _acl(right: Right) -> "ACL":
    from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType

    user, kind, name, operation = right
    pattern = ResourcePattern(ResourceType[kind], name)
    return ACL(f"User:{user}", "*", ACLOperation[operation], ACLPermissionType.ALLOW, pattern)


def _right(acl: "ACL") -> Right:
    pattern = acl.resource_pattern
    return acl.principal.removeprefix("User:"), pattern.resource_type.name, pattern.resource_name, acl.operation.name
