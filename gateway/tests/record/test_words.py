"""Every registered purpose, whatever came of the look, is told in both languages by the names that contracts give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from gateway.catalogue import Edition
from gateway.record.words import Words, newest
from onewindow_contracts import loader
from onewindow_contracts.purposes import Purpose

CONTRACTS = loader.load()
EDITION = Edition(CONTRACTS, "demo")
WORDS: Words = newest(lambda: EDITION, "Asia/Shanghai")()
HELD = [each for each in CONTRACTS.purposes.values() if f"demo.{each.holder}" in CONTRACTS.authorities]


def entry(purpose: Purpose, **said: Any) -> dict[str, Any]:
    """A look for ``purpose`` at all that it covers."""
    records = {each.topic.rpartition(".")[0]: sorted(each.fields) for each in purpose.records}
    records |= {topic.rpartition(".")[0]: ["*"] for topic in purpose.keeps}
    return {
        "id": "a" * 22,
        "at": "2026-03-02T16:15:00.123Z",
        "kind": "look",
        "outcome": "answered",
        "reason": "within-purpose",
        "organisation": f"demo.{purpose.holder}",
        "client": f"demo.{purpose.holder}",
        "actor": "clerk-17" if purpose.acting_person else None,
        "purpose": purpose.id,
        "legal_basis": purpose.legal_basis,
        "case": purpose.case_example,
        "records": records,
        "withheld": {},
        "operation": "gateway.readForPurpose",
    } | said


@pytest.mark.parametrize("outcome", ["answered", "not-modified", "refused", "not-found"])
@pytest.mark.parametrize("purpose", HELD, ids=lambda each: each.id)
def test_every_purpose_is_told_whatever_came_of_it(purpose: Purpose, outcome: str) -> None:
    said = entry(purpose, outcome=outcome, reason="purpose-not-valid" if outcome == "refused" else "within-purpose")
    text = WORDS.tell(said)
    office = CONTRACTS.authorities[said["organisation"]].title
    for language in ("zh", "en"):
        sentence = text[language]
        assert office[language] in sentence and purpose.to[language] in sentence
        assert purpose.legal_basis in sentence and (purpose.case_example or "") in sentence
        for record_type, names in said["records"].items():
            title = WORDS.things.title(record_type)[language]
            assert title[1:] in sentence
            assert all(WORDS.things.label(record_type, name)[language] in sentence for name in names if name != "*")
        assert not {"None", "{", "[", "_"} & set(sentence) and "None" not in sentence
        shown_nothing = {"zh": "未显示任何内容", "en": "nothing was shown"}[language]
        assert (shown_nothing in sentence) is (outcome in ("refused", "not-found"))
    assert text["en"].startswith("On 3 March 2026 at 00:15 a ") and text["zh"].startswith("2026年3月3日00:15，")
    if outcome == "refused":
        title = EDITION.problems["purpose-not-valid"]["title"]
        assert title["en"] in text["en"] and title["zh"] in text["zh"]


def test_who_looked_is_a_clerk_a_machine_a_service_or_oneself() -> None:
    purpose = CONTRACTS.purposes["title-registry.transfer"]
    for said, who in (
        ({}, ("不动产登记中心的一名工作人员查看", "a clerk of the Real Estate Title Registry looked")),
        ({"actor": None}, ("不动产登记中心的系统查看", "a machine of the Real Estate Title Registry looked")),
        ({"organisation": "transport", "actor": None}, ("系统“transport”查看", "the service transport looked")),
        ({"kind": "own", "actor": None}, ("您查看", "you looked")),
        ({"kind": "own", "actor": "gateway.1.x"}, ("代理人查看", "somebody who acts for the organisation looked")),
    ):
        text = WORDS.tell(entry(purpose, **said))
        assert who[0] in text["zh"] and who[1] in text["en"]


def test_a_service_looks_for_the_office_that_answers_for_its_purpose() -> None:
    purpose = CONTRACTS.purposes["window.replica"]
    text = WORDS.tell(entry(purpose, kind="service", organisation="gateway", actor=None))
    office = CONTRACTS.authorities["demo.window"].title
    assert f"{office['zh']}的系统查看了" in text["zh"] and f"a machine of the {office['en']} looked at" in text["en"]


def test_what_was_withheld_or_disclosed_late_is_said_too() -> None:
    purpose = CONTRACTS.purposes["title-registry.transfer"]
    said = entry(purpose, withheld={"identity.person.birth_date": "above-class"})
    text = WORDS.tell(said, date(2026, 9, 1))
    label = WORDS.things.label("identity.person", "birth_date")
    assert label["en"] in text["en"].partition("Not shown:")[2] and label["zh"] in text["zh"].partition("未显示：")[2]
    assert "not disclosed before 1 September 2026" in text["en"] and "2026年9月1日前未予告知" in text["zh"]


def test_an_entry_outlives_its_contracts() -> None:
    purpose = CONTRACTS.purposes["title-registry.transfer"]
    gone = {"purpose": "gone.purpose", "records": {"gone.thing": ["old_field"]}, "organisation": "demo.gone"}
    text = WORDS.tell(entry(purpose) | gone)
    assert "for the purpose gone.purpose" in text["en"] and "gone.thing (old field)" in text["en"]
