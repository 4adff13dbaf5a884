"""The lottery's rules without a database: the tree, the seed, the draw, the parties, who may be drawn for."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from onewindow_contracts import loader
from transport.domain.lottery import parties, pool, problems, quotas, tree
from transport.domain.lottery.conditions import Facts, unmet, weight
from transport.domain.lottery.draw import Listed, proof, root_of, winners
from transport.domain.lottery.hashing import commitment, entry_code, signed_text
from transport.domain.lottery.parties import Party
from transport.domain.lottery.pool import Pool, PublicValue
from transport.service.lottery import rules
from transport.service.rules import Rules

from .lottery_model import recomputed, tree_head

pytestmark = pytest.mark.rule("domain-26")

URN = "urn:onewindow:demo.vehicle-administration:lottery-draw:" + "b" * 22
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
DAY = date(2026, 11, 24)
GOOD = Facts(True, True, False, None, True, False, False, False)
codes = st.lists(st.binary(min_size=4, max_size=4), unique=True, max_size=40)


def entries(raw: list[bytes], heavy: int = 1) -> list[Listed]:
    return [Listed(hashlib.sha256(each).hexdigest(), 1 + each[0] % heavy) for each in raw]


# RFC 6962's own vectors (certificate-transparency, merkle_tree_test): leaves and the heads of their prefixes.
LEAVES = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
HEADS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
]


def test_the_tree_is_that_of_the_norm() -> None:
    assert tree.root([]).hex() == hashlib.sha256(b"").hexdigest()
    for count, head in enumerate(HEADS, 1):
        assert tree.root(LEAVES[:count]).hex() == head


@given(codes, st.data())
def test_every_entry_proves_itself_and_no_other_does(raw: list[bytes], data: st.DataObject) -> None:
    listed = entries(raw, heavy=3)
    head = root_of(listed)
    assert head == tree_head(sorted(f"{e.code} {e.weight}" for e in listed))
    for entry in listed:
        index, path = proof(listed, entry.code)
        hashes = [bytes.fromhex(each) for each in path]
        assert tree.root_from(entry.line, index, len(listed), hashes) == bytes.fromhex(head)
        other = replace(entry, weight=entry.weight + 1)
        assert tree.root_from(other.line, index, len(listed), hashes) != bytes.fromhex(head)
    assert proof(listed, "0" * 64) is None


@given(codes, st.integers(1, 50), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_the_draw_equals_an_independent_one(raw: list[bytes], quota: int, seed: str) -> None:
    listed = entries(raw, heavy=6)
    drawn = winners(seed, listed[::-1], quota)
    assert drawn == recomputed(seed, {e.code: e.weight for e in listed}, quota)
    assert len(drawn) == len(set(drawn)) == min(quota, len(listed))


def test_a_weight_of_three_is_drawn_about_three_times_as_often() -> None:
    light, heavy = "a" * 64, "b" * 64
    listed = [Listed(light, 1), Listed(heavy, 3)]
    wins = sum(winners(hashlib.sha256(str(n).encode()).hexdigest(), listed, 1) == [heavy] for n in range(2000))
    assert 1420 < wins < 1580


def test_a_code_hides_whose_it_is_and_binds_the_opening() -> None:
    code = entry_code(URN, "urn:entry", "11" * 32)
    assert code == hashlib.sha256(f"{URN}\nurn:entry\n{'11' * 32}".encode()).hexdigest()
    assert code != entry_code(URN, "urn:entry", "22" * 32) != entry_code(URN, "urn:other", "22" * 32)


def ready(names: str = "ab") -> tuple[Pool, dict[str, str]]:
    """A pool to whose seed all parties have committed, and what they hold."""
    keys = {f"party-{name}": Ed25519PrivateKey.generate() for name in names}
    named = [Party(name, name, key.public_key().public_bytes_raw().hex()) for name, key in keys.items()]
    made = Pool(URN, 1, DAY, DAY, parties.named(named, 2))
    held = {name: hashlib.sha256(name.encode()).hexdigest() for name in keys}
    for name, key in keys.items():
        bound = commitment(URN, name, held[name])
        made = pool.commit(made, name, bound, key.sign(signed_text(URN, name, bound)).hex())
    return made, held


VALUE = PublicValue("交易所", "收盘", NOW + timedelta(minutes=1))
LEAST = timedelta(minutes=1)


def test_a_party_commits_once_under_its_own_key() -> None:
    made, _ = ready()
    with pytest.raises(problems.AlreadyCommitted):
        pool.commit(made, "party-a", "0" * 64, "0" * 128)
    with pytest.raises(problems.PartyUnknown):
        pool.commit(made, "party-z", "0" * 64, "0" * 128)
    fresh = replace(made, parties=tuple(replace(each, commitment=None) for each in made.parties))
    with pytest.raises(problems.CommitmentUnsigned):
        pool.commit(fresh, "party-a", "0" * 64, "0" * 128)
    with pytest.raises(problems.CommitmentsMissing):
        pool.freeze(fresh, [], DAY, NOW, VALUE, LEAST)


@pytest.mark.rule("transport.lottery-parties")
def test_a_pool_has_enough_parties_each_once() -> None:
    least = rules.least_parties(Rules(loader.load()), DAY)
    one = Party("one", "one", "0" * 64)
    with pytest.raises(problems.PartiesTooFew):
        parties.named([one] * (least - 1), least)
    with pytest.raises(problems.PartyTwice):
        parties.named([one] * least, least)
    with pytest.raises(problems.PartyTwice):
        parties.named([one, replace(one, name="same-key")], least)


def test_what_is_revealed_must_fit_and_come_between_root_and_public_value() -> None:
    made, held = ready()
    with pytest.raises(problems.LotteryNotFrozen):
        pool.reveal(made, "party-a", held["party-a"], NOW)
    with pytest.raises(problems.PublicValueKnown):
        pool.freeze(made, [], DAY, NOW, replace(VALUE, due_at=NOW), LEAST)
    with pytest.raises(problems.RevealTimeTooShort):
        pool.freeze(made, [], DAY, NOW, replace(VALUE, due_at=VALUE.due_at - timedelta(milliseconds=1)), LEAST)
    with pytest.raises(problems.FreezeTooEarly):
        pool.freeze(replace(made, freeze_on=DAY + timedelta(days=1)), [], DAY, NOW, VALUE, LEAST)
    frozen = pool.freeze(made, [], DAY, NOW, VALUE, LEAST)
    with pytest.raises(problems.LotteryFrozen):
        pool.freeze(frozen, [], DAY, NOW, VALUE, LEAST)
    with pytest.raises(problems.RevealMismatch):
        pool.reveal(frozen, "party-a", held["party-b"], NOW)
    with pytest.raises(problems.RevealTooLate):
        pool.reveal(frozen, "party-a", held["party-a"], VALUE.due_at)
    told = pool.reveal(frozen, "party-a", held["party-a"], NOW)
    with pytest.raises(problems.AlreadyRevealed):
        pool.reveal(told, "party-a", held["party-a"], NOW)


def test_a_missing_secret_is_replaced_by_its_commitment_and_nothing_is_drawn_again() -> None:
    made, held = ready()
    listed = entries([b"abcd", b"efgh", b"ijkl"])
    frozen = pool.freeze(made, listed, DAY, NOW, VALUE, LEAST)
    told = pool.reveal(frozen, "party-a", held["party-a"], NOW)
    with pytest.raises(problems.DrawTooEarly):
        pool.draw(told, listed, "3836.77", NOW)
    drawn, codes_drawn = pool.draw(told, listed, "3836.77", VALUE.due_at)
    bound = frozen.parties[1].commitment
    kept = (f"party-a {held['party-a']}", f"party-b {bound}")
    text = "\n".join(("onewindow lottery seed v1", URN, str(frozen.root), *kept, "交易所", "收盘", "3836.77"))
    assert drawn.seed == hashlib.sha256(text.encode()).hexdigest()
    assert codes_drawn == recomputed(drawn.seed, {e.code: e.weight for e in listed}, 1)
    for again in (lambda: pool.draw(drawn, listed, "1", VALUE.due_at), lambda: pool.reveal(drawn, "party-b", "", NOW)):
        with pytest.raises(problems.LotteryDrawn):
            again()
    with pytest.raises(problems.LotteryNotDrawn):
        pool.award(frozen, 0)
    with pytest.raises(problems.LotteryAwarded):
        pool.award(pool.award(drawn, 1), 1)


def test_an_altered_list_is_not_drawn_from() -> None:
    made, _ = ready()
    listed = entries([b"abcd", b"efgh", b"ijkl"])
    frozen = pool.freeze(made, listed, DAY, NOW, VALUE, LEAST)
    heavier = [replace(listed[0], weight=2), *listed[1:]]
    for altered in (heavier, listed[1:], [*listed, Listed("f" * 64, 1)]):
        with pytest.raises(problems.EntriesAltered):
            pool.draw(frozen, altered, "1", VALUE.due_at)


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        (GOOD, None),
        (replace(GOOD, alive=False), "alive"),
        (replace(GOOD, registered=False), "residence"),
        (replace(GOOD, registered=False, permit=True, months=23), "insured-months"),
        (replace(GOOD, registered=False, permit=True, months=24), None),
        (replace(GOOD, registered=True, months=0), None),
        (replace(GOOD, licence=False), "licence"),
        (replace(GOOD, car=True), "no-car"),
        (replace(GOOD, live_quota=True), "no-quota"),
        (replace(GOOD, barred=True), "not-barred"),
    ],
)
@pytest.mark.rule("transport.lottery-insured-months")
def test_each_condition_is_named(facts: Facts, ground: str | None) -> None:
    assert unmet(facts, rules.insured_months(Rules(loader.load()), DAY)) == ground


@pytest.mark.rule("transport.lottery-ladder")
@pytest.mark.parametrize(
    ("on", "weights"),
    [
        (date(2020, 4, 30), {0: 1, 5: 1, 6: 1, 40: 1}),
        (date(2020, 5, 1), {0: 1, 5: 1, 6: 2, 11: 2, 12: 3, 24: 4, 36: 6, 40: 6}),
    ],
)
def test_the_ladder_as_of_the_day_on_which_the_pool_was_opened(on: date, weights: dict[int, int]) -> None:
    ladder = rules.ladder(Rules(loader.load()), on)
    assert {rounds: weight(rounds, ladder) for rounds in weights} == weights


@pytest.mark.rule("transport.quota-months", "transport.quota-bar-years")
def test_a_quota_lives_for_its_months_and_bars_its_holder_when_it_was_not_used() -> None:
    known = Rules(loader.load())
    for on, until in ((date(2020, 4, 30), date(2020, 10, 29)), (date(2020, 5, 1), date(2021, 4, 30))):
        assert quotas.award(on, rules.quota_months(known, on)).valid_until == until
    right = quotas.award(DAY, 12)
    assert quotas.usable(right, DAY) and quotas.usable(right, date(2027, 11, 23))
    assert not quotas.usable(right, date(2027, 11, 24)) and not quotas.usable(right, DAY - timedelta(days=1))
    years = rules.bar_years(known, DAY)
    gone = quotas.forfeit(right, years)
    assert gone.barred_until == date(2029, 11, 23)
    for written in (right, gone):
        assert quotas.barred(written, date(2029, 11, 23), years) and not quotas.barred(
            written, date(2029, 11, 24), years
        )
    assert not quotas.barred(quotas.use(right, "urn"), date(2028, 1, 1), years)
    assert not quotas.barred(quotas.give_back(right), date(2028, 1, 1), years)
