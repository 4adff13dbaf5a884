"""The register's rules as pure functions: numbers, terms, ages, evidence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain import cards
from identity.domain.ages import months_after
from identity.domain.births import declared_late
from identity.domain.late import check_evidence
from identity.domain.problems import CardNotPossible, EvidenceMissing, EvidenceNotAdmitted, InvalidNumber
from identity.domain.schemes import CitizenNumber, EstonianCode

SCHEME = CitizenNumber()
DAYS = st.dates(date(1900, 1, 1), date(2026, 1, 1))
DIVISIONS = st.sampled_from(["330106", "110101", "429004", "999999"])
BANDS = [(16, 5), (26, 10), (46, 20), (None, None)]


@given(DIVISIONS, DAYS, st.sampled_from(["1", "2", "0", "9"]), st.data())
def test_a_composed_number_is_valid_and_says_what_it_was_made_of(
    division: str, born: date, sex: str, data: st.DataObject
) -> None:
    sequence = data.draw(st.sampled_from(SCHEME.sequences(sex)))
    number = SCHEME.compose(division, born, sequence)
    assert SCHEME.normalise(f" {number.lower()} ") == number
    facts = SCHEME.facts(number)
    assert facts.birth_date == born
    assert sex not in ("1", "2") or facts.sex == sex


@given(DIVISIONS, DAYS, st.integers(1, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
@pytest.mark.rule("domain-6")
def test_one_changed_character_is_never_another_valid_number_with_the_same_rest(
    division: str, born: date, sequence: int, place: int, other: str
) -> None:
    number = SCHEME.compose(division, born, sequence)
    changed = number[:place] + other + number[place + 1 :]
    if changed != number:
        with pytest.raises(InvalidNumber):
            SCHEME.normalise(changed)


@pytest.mark.parametrize(
    "text", ["", "1" * 18, "33010619900203001", "３３０１０６１９９００２０３００１X", "33010619900231001X"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidNumber):
        SCHEME.normalise(text)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for scheme in (SCHEME, EstonianCode()):
        try:
            number = scheme.normalise(text)
        except InvalidNumber:
            continue
        assert scheme.normalise(number) == number


@given(DAYS, st.integers(0, 24))
def test_the_corresponding_day_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == day.day or (after + timedelta(days=1)).day == 1


def test_a_birth_declared_within_a_month_is_in_time() -> None:
    born, today = date(2026, 1, 31), date(2026, 6, 1)
    assert not declared_late(born, date(2026, 2, 28), today, 1)
    assert declared_late(born, date(2026, 3, 1), today, 1)


@given(DAYS, DAYS)
@pytest.mark.rule("identity.card-validity")
def test_a_cards_term_follows_the_age_at_issue(born: date, issued: date) -> None:
    if issued < born:
        return
    until = cards.valid_until(born, issued, BANDS)
    years = cards.age(born, issued)
    term = next(term for below, term in BANDS if below is None or years < below)
    assert until == (None if term is None else months_after(issued, 12 * term))


def test_no_band_no_card() -> None:
    with pytest.raises(CardNotPossible):
        cards.valid_until(date(2000, 1, 1), date(2020, 1, 1), [(16, 5)])


@given(
    st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1), min_size=1), st.frozensets(st.sampled_from("abcde"))
)
def test_evidence_suffices_when_it_holds_one_set_and_nothing_else_is_asked_for(
    alternatives: list[frozenset[str]], handed_in: frozenset[str]
) -> None:
    asked_for = frozenset().union(*alternatives)
    if not handed_in <= asked_for:
        with pytest.raises(EvidenceNotAdmitted):
            check_evidence(handed_in, alternatives)
    elif any(alternative <= handed_in for alternative in alternatives):
        check_evidence(handed_in, alternatives)
    else:
        with pytest.raises(EvidenceMissing):
            check_evidence(handed_in, alternatives)
