"""An event's form in Kafka is CloudEvents' own, and a reader refuses what has not that form."""

import json
from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from onewindow_kit import wire
from onewindow_kit.keyring import Keyring, provision
from onewindow_kit.sealing import Sealer

TOPIC = "housing.title.v1"
AUTHORITY = "demo.title-registry"
URN = f"urn:onewindow:{AUTHORITY}:title:aaaaaaaaaaaaaaaaaaaaaa"
AT = datetime(2026, 11, 24, 10, 0, 0, 123000, UTC)
ARGUMENTS = ("demo", TOPIC, URN, 3, "varied", AUTHORITY, "k-1", "urn:uuid:7", AT)


@pytest.mark.parametrize("at", [AT, AT.replace(microsecond=0)])
def test_headers_are_those_of_the_cloudevents_library(at: datetime) -> None:
    event = CloudEvent(
        {
            "specversion": "1.0",
            "id": f"{URN}@3",
            "source": f"/demo/{AUTHORITY}",
            "type": "housing.title.varied",
            "time": at,
            "dataschema": TOPIC,
            "datacontenttype": "application/vnd.onewindow.sealed",
        },
        b"sealed",
    )
    theirs = to_binary(event, JSONFormat(), key_mapper=lambda _: URN)
    ours = dict(wire.headers(*ARGUMENTS[:-1], at))
    assert {name: raw for name, raw in ours.items() if not name.startswith("ow-")} == theirs.headers
    assert theirs.value == b"sealed"


def test_the_cloudevents_library_reads_ours() -> None:
    event = from_binary(
        KafkaMessage(dict(wire.headers(*ARGUMENTS)), URN.encode(), b"\xffsealed"), JSONFormat(), CloudEvent
    )
    assert event.get_attributes()["time"] == AT
    assert (event.get_id(), event.get_type(), event.get_source()) == (
        f"{URN}@3",
        "housing.title.varied",
        f"/demo/{AUTHORITY}",
    )
    assert event.get_data() == b"\xffsealed"


def test_we_read_ours() -> None:
    event = wire.read(TOPIC, 1, 5, URN.encode(), b"sealed", wire.headers(*ARGUMENTS))
    assert (event.urn, event.version, event.change, event.authority) == (URN, 3, "varied", AUTHORITY)
    assert (event.key_id, event.correlation, event.sealed) == ("k-1", "urn:uuid:7", b"sealed")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ow-version": None}, "header-missing"),
        ({"ow-key": None}, "header-missing"),
        ({"ow-version": b"three"}, "header-malformed"),
        ({"ow-version": "３".encode()}, "header-malformed"),
        ({"ow-version": b"0"}, "header-malformed"),
        ({"ow-version": b"4"}, "header-malformed"),
        ({"ce_source": b"demo"}, "header-malformed"),
        ({"ce_type": b"transport.vehicle.varied"}, "header-malformed"),
        ({"ce_dataschema": b"housing.mortgage.v1"}, "header-malformed"),
        ({"ce_specversion": b"0.3"}, "header-malformed"),
        ({"ow-correlation": b"\xff\xfe"}, "header-malformed"),
        ({"ce_type": b"housing.title.erased"}, "erasure-malformed"),
    ],
)
def test_a_message_of_another_form_is_refused(change: dict, code: str) -> None:
    headers = {name: raw for name, raw in (dict(wire.headers(*ARGUMENTS)) | change).items() if raw is not None}
    with pytest.raises(wire.Refused) as refused:
        wire.read(TOPIC, 1, 5, URN.encode(), b"sealed", list(headers.items()))
    assert refused.value.code == code


@pytest.mark.parametrize("key", [None, b"", b"\xff", b"urn:onewindow:demo.x:title:b", b"110101199003070097"])
def test_a_message_under_another_key_is_refused(key: bytes | None) -> None:
    with pytest.raises(wire.Refused):
        wire.read(TOPIC, 1, 5, key, b"sealed", wire.headers(*ARGUMENTS))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no json", "data-malformed"),
        (b"[" * 100_000, "data-malformed"),
        (b"[]", "data-malformed"),
        ({"version": 4}, "envelope-mismatch"),
        ({"urn": URN.replace("aaa", "bbb")}, "envelope-mismatch"),
        ({"authority": "demo.provident-fund"}, "envelope-mismatch"),
        ({"change": "created"}, "envelope-mismatch"),
    ],
)
def test_opened_data_must_be_about_what_its_headers_say(tmp_path, data, code: str) -> None:
    files = [{"topic": TOPIC, "kind": "record", "department": "housing"}]
    sealer = Sealer(Keyring.load(provision(tmp_path, files, [], ["housing"])["housing"]))
    said = {"urn": URN, "version": 3, "change": "varied", "authority": AUTHORITY}
    raw = data if isinstance(data, bytes) else json.dumps(said | data).encode()
    key_id, sealed = sealer.seal(TOPIC, URN, 3, raw)
    headers = list((dict(wire.headers(*ARGUMENTS)) | {"ow-key": key_id.encode()}).items())
    with pytest.raises(wire.Refused) as refused:
        wire.opened(sealer, wire.read(TOPIC, 1, 5, URN.encode(), sealed, headers))
    assert refused.value.code == code
