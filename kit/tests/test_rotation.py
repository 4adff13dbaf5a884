"""Keys change while everything runs: what was sealed or signed before stays good, and what comes after opens at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from onewindow_kit.keyring import Keyring, holder, provision, rotation
from onewindow_kit.pseudonyms import Pseudonym
from onewindow_kit.pseudonyms.introductions import introduction, open_introduction
from onewindow_kit.sealing import Sealer, Tampered

TITLE = "housing.title.v1"
TOPICS = [{"topic": TITLE, "kind": "record", "department": "housing", "consumers": ["gateway"]}]
AUTHORITIES = [{"id": "demo.title-registry", "sector": "housing", "host": "housing"}]
URN = "urn:onewindow:demo.title-registry:title:aaaaaaaaaaaaaaaaaaaaaa"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(holder, "LOOK_EVERY", 0.0)  # who seals looks each time
    provision(tmp_path, TOPICS, AUTHORITIES, ["identity", "housing", "gateway"])
    return tmp_path


def ring(folder: Path, name: str) -> Keyring:
    return Keyring.load(folder / f"{name}.json")


def test_what_was_sealed_before_and_after_opens_for_who_was_running(folder: Path):
    writer, reader = Sealer(ring(folder, "housing")), Sealer(ring(folder, "gateway"))
    before = writer.seal(TITLE, URN, 1, b"old")
    assert rotation.rotate_all(folder, "seals") == 1
    after = writer.seal(TITLE, URN, 2, b"new")
    assert before[0] != after[0], "the writer went on with the old key"
    assert reader.open(TITLE, before[0], URN, 1, before[1]) == b"old"
    assert reader.open(TITLE, after[0], URN, 2, after[1]) == b"new"


def known_before_first_use(
    folder: Path, monkeypatch: pytest.MonkeyPatch, rotate: Callable[[Path, str], object]
) -> set[str]:
    """Who held the new key of TITLE at the moment when the first keyring named it the current one."""
    written: list[tuple[str, str, int]] = []
    real = rotation._write

    def write(path: Path, content: dict) -> None:
        if held := content.get("topics", {}).get(TITLE):
            written.append((path.stem, held["current"], len(held["keys"])))
        real(path, content)

    monkeypatch.setattr(rotation, "_write", write)
    before = ring(folder, "housing").topic_current(TITLE)[0]
    rotate(folder, TITLE)
    first_use = next(n for n, (_, current, _) in enumerate(written) if current != before)
    return {name for name, _, keys in written[:first_use] if keys == 2}


def test_a_new_seal_is_known_to_who_opens_before_anybody_uses_it(folder: Path, monkeypatch: pytest.MonkeyPatch):
    assert known_before_first_use(folder, monkeypatch, rotation.rotate) == {"housing", "gateway"}


def test_planted_a_key_that_is_used_as_soon_as_it_is_there_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def at_once(folder: Path, topic: str) -> None:
        key_id, key = rotation._key_id(), rotation._new_key()
        for name, whole in rotation._rings(folder).items():
            for held in rotation._one(whole.get("topics", {}), topic):
                held["keys"][key_id], held["current"] = key, key_id
            rotation._write(folder / f"{name}.json", whole)

    assert known_before_first_use(folder, monkeypatch, at_once) != {"housing", "gateway"}


def test_introductions_under_the_old_and_the_new_key_are_opened(folder: Path):
    identity, housing = ring(folder, "identity"), ring(folder, "housing")
    person = Pseudonym.new("housing")
    before = introduction(identity, person)
    assert rotation.rotate_all(folder, "sectors") == 1
    after = introduction(identity, person)
    assert open_introduction(housing, before) == open_introduction(housing, after) == person
    assert before.partition(".")[0] != after.partition(".")[0], "identity went on with the old key"


def test_the_issuers_next_key_is_published_before_it_signs(folder: Path):
    identity = ring(folder, "identity")
    for _ in range(6):
        known = {key["kid"] for key in identity.issuer.known}
        signing = identity.issuer.signing["kid"]
        rotation.rotate_all(folder, "signing")
        assert identity.issuer.signing["kid"] != signing
        assert identity.issuer.signing["kid"] in known, "a verifier would meet a key that it cannot know"
        assert signing in {key["kid"] for key in identity.issuer.known}, "tokens signed a moment ago would be refused"
    assert len(identity.issuer.known) == 2 + rotation.RETIRED


def test_a_holders_own_store_opens_what_it_sealed_before(folder: Path):
    sealer = Sealer(ring(folder, "gateway"))
    before = sealer.seal_own("view", "place", b"old")
    assert rotation.rotate_all(folder, "fields") == 4
    assert sealer.open_own("view", "place", before) == b"old"
    with pytest.raises(Tampered):
        sealer.open_own("view", "elsewhere", before)


def test_keys_from_before_they_were_rotated_are_kept(folder: Path):
    """A folder of an earlier version: one key a sector, one of the issuer."""
    path = folder / "identity.json"
    content = json.loads(path.read_text())
    issuer = content["issuer"]["keys"][content["issuer"]["current"]]
    old = content["introductions"]["housing"]
    key = old["keys"][old["current"]]
    path.write_text(json.dumps(content | {"issuer": issuer, "introductions": {"housing": key}}))
    other = json.loads((folder / "housing.json").read_text())
    (folder / "housing.json").write_text(json.dumps(other | {"introductions": {"housing": key}}))
    provision(folder, TOPICS, AUTHORITIES, ["identity", "housing", "gateway"])
    assert ring(folder, "identity").issuer.signing == issuer
    person = Pseudonym.new("housing")
    assert open_introduction(ring(folder, "housing"), introduction(ring(folder, "identity"), person)) == person


def test_an_unknown_kind_is_said_to_be_one(folder: Path):
    with pytest.raises(ValueError, match="seals, fields, sectors, signing"):
        rotation.rotate_all(folder, "everything")
