"""Rules of topic files: names, parties, retention, sealing."""

from __future__ import annotations

import re
from datetime import timedelta

from onewindow_contracts.durations import duration
from onewindow_contracts.entries import Topic
from onewindow_contracts.errors import ContractError
from onewindow_contracts.lint.findings import Finding, Findings, pointer
from onewindow_contracts.lint.world import World

LONGEST_LAG, SHORTEST_DELETE = timedelta(hours=24), timedelta(days=7)


def topics_are_complete(world: World) -> Findings:
    for topic in world.topics.values():
        yield from _named(topic)
        yield from _parties(world, topic)
        yield from _kept(topic)
        if topic.kind == "record":
            yield from _schema(world, topic)
    for department in sorted({t.department for t in world.topics.values() if t.kind == "record"}):
        for kind in ("heartbeat", "dead-letter"):
            if f"{department}.{kind}.v1" not in world.topics:
                first = next(t for t in world.topics.values() if t.department == department)
                yield _fault(
                    first,
                    "",
                    "topic-companion",
                    f"{department} has no topic {department}.{kind}.v1",
                    "without heartbeats quiet and dead look the same; without dead letters one bad event stops the stream",
                    f"add topics/{department}.{kind}.v1.yaml",
                )


def _fault(topic: Topic, where: str, rule: str, missing: str, why: str, mend: str) -> Finding:
    return Finding(topic.file, where, rule, missing, why, mend)


def _named(topic: Topic) -> Findings:
    name = topic.record_type or topic.kind
    if not re.fullmatch(rf"{re.escape(topic.department)}[.]{re.escape(str(name))}[.]v[1-9][0-9]*", topic.topic):
        missing = f"{topic.topic} is not <department>.<type>.v<major>"
        why = "headers, models and pages are derived from the name"
        yield _fault(topic, "/topic", "topic-name", missing, why, f"name it {topic.department}.{name}.v1")
    if topic.file.name != f"{topic.topic}.yaml":
        missing = f"the file is not {topic.topic}.yaml"
        yield _fault(topic, "/topic", "file-name", missing, "people look for it there", "rename the file")


def _parties(world: World, topic: Topic) -> Findings:
    hosted = {a.name for a in world.authorities.values() if a.host == topic.department}
    refused = "events of an authority that the topic does not name, or that is kept elsewhere, are refused"
    if topic.kind == "record" and not topic.authorities:
        missing = "no authority answers for these records"
        yield _fault(topic, "/authorities", "topic-authority", missing, refused, "name at least one")
    for index, name in enumerate(topic.authorities):
        if name not in hosted:
            missing = f"{topic.department} hosts no authority {name}"
            mend = "add it to authorities/ with this host, or mend the name"
            yield _fault(topic, pointer("authorities", index), "topic-authority", missing, refused, mend)
    for side, names in (("producers", topic.producers), ("consumers", topic.consumers)):
        why = "keys are made for producers and consumers only: a wrong name leaves the right one without"
        if not names:
            yield _fault(topic, f"/{side}", "topic-parties", f"no {side}", why, f"name the {side}")
        for index, name in enumerate(names):
            if name not in world.holders:
                missing = f"{name} is no department and not the gateway"
                yield _fault(topic, pointer(side, index), "topic-parties", missing, why, "mend the name")


def _kept(topic: Topic) -> Findings:
    if topic.kind == "log":
        yield from _kept_log(topic)
    else:
        yield from _compacted(topic)
    # a heartbeat holds no personal data; a dead letter may keep the bytes as they were, sealed under the record's key
    if (topic.kind in ("record", "log") or topic.sealing) and (topic.sealing or {}).get("key") != topic.topic:
        missing, why = "the topic is not sealed under its own key", "who runs the broker could read people's data"
        yield _fault(topic, "/sealing/key", "topic-sealing", missing, why, f"write sealing: {{key: {topic.topic}}}")
    if topic.compatibility != "backward":
        missing = f"compatibility {topic.compatibility!r} is not known"
        why = "records of earlier versions stay in the log and must stay readable"
        yield _fault(topic, "/compatibility", "topic-compatibility", missing, why, "write compatibility: backward")
    if topic.partitions < 1:
        why = "nothing could be published"
        yield _fault(topic, "/partitions", "topic-partitions", "no partitions", why, "write partitions: 4")


def _kept_log(topic: Topic) -> Findings:
    if topic.retention.get("cleanup") != "delete" or duration(topic.retention.get("retention")) is None:
        missing, why = "the log has no end of its retention", "sealed copies of what is kept elsewhere would pile up"
        mend = "write retention: {cleanup: delete, retention: P30D}"
        yield _fault(topic, "/retention", "topic-retention", missing, why, mend)
    if topic.partitions != 1:
        missing, why = "a log has one partition", "its order is the order of all its messages"
        yield _fault(topic, "/partitions", "topic-partitions", missing, why, "write partitions: 1")


def _compacted(topic: Topic) -> Findings:
    retention = topic.retention
    lag, delete = duration(retention.get("max_compaction_lag")), duration(retention.get("delete_retention"))
    if retention.get("cleanup") != "compact":
        why, mend = "a view could not be rebuilt from the log", "write cleanup: compact"
        yield _fault(topic, "/retention/cleanup", "topic-retention", "the topic is not compacted", why, mend)
    if lag is None or lag > LONGEST_LAG:
        missing, why = (
            "max_compaction_lag is missing or above 24 h",
            "erased data must be gone from the log within a day",
        )
        where = "/retention/max_compaction_lag"
        yield _fault(topic, where, "topic-retention", missing, why, "write max_compaction_lag: PT24H or less")
    if delete is None or delete < SHORTEST_DELETE:
        missing = "delete_retention is missing or below 7 days"
        why, where = "a view that was offline would never learn of an erasure", "/retention/delete_retention"
        yield _fault(topic, where, "topic-retention", missing, why, "write delete_retention: P7D or more")


def _schema(world: World, topic: Topic) -> Findings:
    name = "".join(part.capitalize() for part in str(topic.record_type).split("-"))
    if world.target(str(topic.schema), topic.file) is None:
        missing, why = (
            f"{topic.schema} leads to no schema that can be read",
            "an event without a schema cannot be checked",
        )
        yield _fault(topic, "/schema", "topic-schema", missing, why, "mend the reference, or the file that it means")
        return
    try:
        world.contracts.record_schema(topic.topic)
    except (ContractError, KeyError) as error:
        missing, why = f"the schema cannot be read: {error}", "an event without a schema cannot be checked"
        yield _fault(topic, "/schema", "topic-schema", missing, why, "mend the reference")
        return
    expected = f"/{topic.record_type}.v1.json#/$defs/{name}"
    if topic.record_type == "case":  # cases look alike at every department
        expected = "/common.v1.yaml#/components/schemas/CaseBody"
        if f"{topic.department}.case-kinds" not in world.codelists:
            missing, why = (
                f"there is no code list {topic.department}.case-kinds",
                "nobody could say what a case is about",
            )
            yield _fault(topic, "/record_type", "case-kinds", missing, why, "list the department's kinds of cases")
    if not str(topic.schema).endswith(expected):
        missing, why = f"the schema is not …{expected}", "models and pages are found by this name"
        yield _fault(topic, "/schema", "topic-schema", missing, why, "rename the definition or the file")
