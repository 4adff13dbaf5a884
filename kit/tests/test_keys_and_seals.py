"""Who can open what, and what opening refuses."""

import json
from pathlib import Path

import pytest
from onewindow_kit import sealing
from onewindow_kit.keyring import Keyring, NoKey, provision, rotate
from onewindow_kit.sealing import Sealer, Tampered

TOPICS = [
    {"topic": "housing.title.v1", "kind": "record", "department": "housing", "consumers": ["gateway"]},
    {"topic": "identity.notice-housing.v1", "kind": "record", "department": "identity", "consumers": ["housing"]},
    {"topic": "housing.heartbeat.v1", "kind": "heartbeat", "department": "housing", "consumers": ["gateway"]},
]
AUTHORITIES = [
    {"id": "demo.title-registry", "sector": "housing", "host": "housing"},
    {"id": "demo.social-aid", "sector": "social-aid"},
]
HOLDERS = ["identity", "housing", "gateway"]
URN = "urn:onewindow:demo.title-registry:title:aaaaaaaaaaaaaaaaaaaaaa"


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Keyring]:
    return {name: Keyring.load(path) for name, path in provision(tmp_path, TOPICS, AUTHORITIES, HOLDERS).items()}


def test_only_producer_and_consumers_hold_a_topics_key(keys: dict[str, Keyring]) -> None:
    key_id, sealed = Sealer(keys["housing"]).seal("housing.title.v1", URN, 1, b"a flat")
    assert Sealer(keys["gateway"]).open("housing.title.v1", key_id, URN, 1, sealed) == b"a flat"
    for holder, topic in (("identity", "housing.title.v1"), ("gateway", "identity.notice-housing.v1")):
        with pytest.raises(NoKey):
            keys[holder].topic_current(topic)
    with pytest.raises(NoKey):
        keys["housing"].topic_current("housing.heartbeat.v1")


def test_introductions_can_be_opened_by_identity_and_the_receiver_only(keys: dict[str, Keyring]) -> None:
    assert keys["housing"].sectors == ("housing",)
    assert keys["demo.social-aid"].sectors == ("social-aid",)
    assert keys["demo.title-registry"].sectors == ()
    assert keys["identity"].introduction("housing") == keys["housing"].introduction("housing")
    with pytest.raises(NoKey):
        keys["gateway"].introduction("housing")


def test_provisioning_again_changes_nothing(tmp_path: Path) -> None:
    provision(tmp_path, TOPICS, AUTHORITIES, HOLDERS)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    provision(tmp_path, TOPICS, AUTHORITIES, HOLDERS)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_keyrings_are_for_their_owner_only(tmp_path: Path) -> None:
    provision(tmp_path / "keys", TOPICS, AUTHORITIES, HOLDERS)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_clients_hold_no_private_part(tmp_path: Path) -> None:
    provision(tmp_path, TOPICS, AUTHORITIES, HOLDERS)
    clients = json.loads((tmp_path / "clients.json").read_text())
    assert clients["demo.title-registry"]["audiences"] == ["gateway", "housing", "identity"]
    assert clients["demo.social-aid"]["audiences"] == ["gateway", "identity"]
    assert clients["operator"]["kind"] == "operator"
    assert not any("d" in client["jwk"] for client in clients.values())


def test_a_new_consumer_gets_the_key_and_a_running_holder_finds_it(tmp_path: Path, keys: dict[str, Keyring]) -> None:
    key_id, sealed = Sealer(keys["housing"]).seal("housing.title.v1", URN, 1, b"a flat")
    identity = Sealer(keys["identity"])
    with pytest.raises(NoKey):
        identity.open("housing.title.v1", key_id, URN, 1, sealed)
    provision(tmp_path, [TOPICS[0] | {"consumers": ["gateway", "identity"]}], AUTHORITIES, HOLDERS)
    assert identity.open("housing.title.v1", key_id, URN, 1, sealed) == b"a flat"


def test_a_consumer_that_is_no_longer_named_loses_the_key_others_keep_theirs(tmp_path: Path) -> None:
    provision(tmp_path, TOPICS, AUTHORITIES, HOLDERS)
    paths = provision(tmp_path, [TOPICS[0] | {"consumers": []}], AUTHORITIES, HOLDERS)
    with pytest.raises(NoKey):
        Keyring.load(paths["gateway"]).topic_current("housing.title.v1")
    assert Keyring.load(paths["housing"]).topic_current("identity.notice-housing.v1")


def test_after_rotation_old_events_still_open(tmp_path: Path, keys: dict[str, Keyring]) -> None:
    old, sealed = Sealer(keys["housing"]).seal("housing.title.v1", URN, 1, b"a flat")
    new = rotate(tmp_path, "housing.title.v1")
    paths = provision(tmp_path, TOPICS, AUTHORITIES, HOLDERS)
    assert Keyring.load(paths["housing"]).topic_current("housing.title.v1")[0] == new != old
    assert Sealer(Keyring.load(paths["gateway"])).open("housing.title.v1", old, URN, 1, sealed) == b"a flat"


@pytest.mark.parametrize(
    ("topic", "urn", "version", "spoil"),
    [
        ("housing.title.v1", URN, 2, None),
        ("housing.title.v1", URN.replace("a" * 22, "b" * 22), 1, None),
        ("housing.title.v1", URN, 1, lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("housing.title.v1", URN, 1, lambda sealed: sealed[:20]),
        ("housing.title.v1", URN, 1, lambda sealed: b""),
        ("housing.title.v1", URN, 1, lambda sealed: b'{"urn": "in clear, as long as a seal"}'),
    ],
)
def test_sealed_bytes_open_only_whole_and_in_their_place(keys, topic, urn, version, spoil) -> None:
    key_id, sealed = Sealer(keys["housing"]).seal("housing.title.v1", URN, 1, b"a flat")
    with pytest.raises(Tampered):
        Sealer(keys["gateway"]).open(topic, key_id, urn, version, spoil(sealed) if spoil else sealed)


def test_an_unknown_key_id_is_no_key(keys: dict[str, Keyring]) -> None:
    _, sealed = Sealer(keys["housing"]).seal("housing.title.v1", URN, 1, b"a flat")
    with pytest.raises(NoKey):
        Sealer(keys["gateway"]).open("housing.title.v1", "k-00000000", URN, 1, sealed)


def test_a_column_opens_only_in_its_column_and_for_its_holder(keys: dict[str, Keyring]) -> None:
    housing, identity = sealing.use(keys["housing"]), sealing.use(keys["identity"])
    column = sealing.SealedText("housing", "title.name")
    sealed = column.process_bind_param("王芳", None)
    assert "王芳".encode() not in sealed
    assert column.process_result_value(sealed, None) == "王芳"
    assert column.process_bind_param(None, None) is None
    with pytest.raises(Tampered):
        housing.open_own("fields", "title.address", sealed)
    with pytest.raises(NoKey):
        identity.open_own("fields", "title.name", sealed)
    for cut in (b"", sealed[:1], sealed[:15], b"\xff" + sealed):
        with pytest.raises((Tampered, NoKey)):
            housing.open_own("fields", "title.name", cut)


def test_the_blind_index_is_equal_for_equal_values_of_one_column_and_holder(keys: dict[str, Keyring]) -> None:
    sealing.use(keys["housing"])
    sealing.use(keys["identity"])
    first = sealing.blind("identity", "person.number", "110101199003070097")
    assert first == sealing.blind("identity", "person.number", "110101199003070097")
    assert len(first) == 32
    others = {
        sealing.blind("identity", "person.number", "110101199003070098"),
        sealing.blind("identity", "person.name", "110101199003070097"),
        sealing.blind("housing", "person.number", "110101199003070097"),
    }
    assert first not in others
