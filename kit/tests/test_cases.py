"""A case from its application to its end: who may do what, what is published, and that nothing is half done."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from onewindow_kit.cases import Cases, Kind, Term
from onewindow_kit.problems import AlreadyAnswered, CaseAwaitsParties, CaseClosed, Conflict, NotFound, VersionConflict

TOPIC = "housing.case.v1"
SELLER, BUYER, SPOUSE = "housing.1.seller", "housing.1.buyer", "housing.1.spouse"
MONDAY, FRIDAY, NEXT = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 9)


class NotAllowed(Conflict):
    code, title, remedy = "not-allowed", "Not allowed", "Don't."


async def transfer(context, session, case, answer):
    if answer.get("refuse"):
        raise NotAllowed
    context.append((case.urn, dict(answer)))
    return ["urn:onewindow:demo.title-registry:title:" + "a" * 22]


async def reopened(context, session, case):
    context.append((case.urn, case.state))


KINDS = [
    Kind("transfer", "title-registry", "条例 14", "复议", transfer, ended=reopened),
    Kind("release", "title-registry", "民法典 393", "复议", transfer, at_once="债务已清偿。"),
]


class Office:
    """Cases with what their kinds did."""

    def __init__(self, department) -> None:
        self.department = department
        self.cases = Cases(department.records, TOPIC, KINDS)
        self.done: list = []

    @asynccontextmanager
    async def work(self) -> AsyncIterator:
        async with self.department.sessions() as session, session.begin():
            yield session

    async def open(self, kind="transfer", parties=(BUYER, SPOUSE), **more):
        asked = {party: "buyer" if party == BUYER else "owner" for party in parties}
        async with self.work() as session:
            return await self.cases.open(
                self.done, session, kind, SELLER, {"price": 5}, on=MONDAY, parties=asked, respond_by=FRIDAY, **more
            )

    async def do(self, step, *arguments, **more):
        async with self.work() as session:
            return await getattr(self.cases, step)(self.done, session, *arguments, **more)

    async def published(self, urn) -> dict:
        async with self.work() as session:
            return json.loads(await self.department.records.current(session, urn))


@pytest.fixture
def office(department) -> Office:
    return Office(department)


async def test_all_parties_consent_and_the_office_grants(office) -> None:
    price = Term("成交价", "price", "¥5.00")
    case = await office.open(concerns=["urn:onewindow:demo.title-registry:title:" + "b" * 22], terms=[price])
    agreed = (await office.published(case.urn))["body"]["terms"]
    assert agreed == [{"label": {"zh": "成交价", "en": "price"}, "value": "¥5.00"}], "who consents reads to what"
    assert (case.state, case.awaiting) == ("awaiting-parties", 2)
    with pytest.raises(CaseAwaitsParties):
        await office.do("decide", case.urn, 1, granted=True, reason="好", on=MONDAY)
    await office.do("consent", case.urn, BUYER, MONDAY)
    case = await office.do("consent", case.urn, SPOUSE, FRIDAY)
    assert (case.state, case.version) == ("pending", 3)
    with pytest.raises(VersionConflict):
        await office.do("decide", case.urn, 2, granted=True, reason="好", on=NEXT)
    case = await office.do("decide", case.urn, 3, granted=True, reason="材料齐全", on=NEXT, answer={"n": 1})
    assert office.done == [(case.urn, {"n": 1})]
    seen = await office.published(case.urn)
    assert seen["body"]["decision"] == {
        "outcome": "granted",
        "decided_on": "2026-03-09",
        "authority": "demo.title-registry",
        "legal_basis": "条例 14",
        "evidence": [],
        "reason": "材料齐全",
        "remedy": "复议",
    }
    assert seen["body"]["results"] == list(case.results)
    assert [(s["pseudonym"], s["role"], s["part"]) for s in seen["subjects"]] == [
        (SELLER, "applicant", None),
        (BUYER, "party", "consented"),
        (SPOUSE, "party", "consented"),
    ]
    assert '"price": 5' not in json.dumps(seen), "what was asked for stays with the department"
    with pytest.raises(CaseClosed):
        await office.do("withdraw", case.urn, SELLER, NEXT)


async def test_a_refusal_of_the_grant_leaves_the_case_as_it_was(office) -> None:
    case = await office.open(parties=())
    with pytest.raises(NotAllowed):
        await office.do("decide", case.urn, 1, granted=True, reason="好", on=MONDAY, answer={"refuse": True})
    assert (await office.published(case.urn))["body"]["state"] == "pending"
    case = await office.do("decide", case.urn, 1, granted=False, reason="不符合规定", on=MONDAY)
    assert (case.state, office.done) == ("refused", [(case.urn, "refused")])


async def test_only_its_own_office_decides_a_case(office) -> None:
    case = await office.open(parties=())
    with pytest.raises(NotFound):
        await office.do("decide", case.urn, 1, granted=True, reason="", on=MONDAY, authority="demo.provident-fund")


async def test_a_party_declines_and_the_case_is_refused_for_the_partys_reason(office) -> None:
    case = await office.open()
    await office.do("consent", case.urn, SPOUSE, MONDAY)
    case = await office.do("decline", case.urn, BUYER, MONDAY, "价格不符")
    assert (case.state, case.decision.reason, office.done) == ("refused", "价格不符", [(case.urn, "refused")])
    assert (await office.published(case.urn))["version"] == case.version == 3


async def test_strangers_learn_nothing_and_do_nothing(office) -> None:
    case = await office.open()
    for step in (("consent", "housing.1.other", MONDAY), ("consent", SELLER, MONDAY), ("withdraw", BUYER, MONDAY)):
        with pytest.raises(NotFound):
            await office.do(step[0], case.urn, *step[1:])
    async with office.work() as session:
        with pytest.raises(NotFound):
            await office.cases.find(session, case.urn, "housing.1.other")
        assert await office.cases.find(session, case.urn, BUYER) == case


async def test_an_answer_stands_and_comes_in_time(office) -> None:
    case = await office.open()
    await office.do("consent", case.urn, BUYER, MONDAY)
    with pytest.raises(AlreadyAnswered):
        await office.do("decline", case.urn, BUYER, MONDAY, "我改主意了")
    with pytest.raises(CaseClosed):
        await office.do("consent", case.urn, SPOUSE, NEXT)
    assert await office.do("lapse", FRIDAY) == 0, "the last day counts"
    assert await office.do("lapse", NEXT) == 1
    assert await office.do("lapse", NEXT) == 0
    assert (await office.published(case.urn))["body"]["state"] == "lapsed"


async def test_what_needs_no_officer_is_granted_at_once(office) -> None:
    alone = await office.open("release", parties=())
    assert (alone.state, alone.decision.reason, alone.version) == ("granted", "债务已清偿。", 2)
    together = await office.open("release", parties=(BUYER,))
    assert together.state == "awaiting-parties"
    assert (await office.do("consent", together.urn, BUYER, MONDAY)).state == "granted"
    assert [urn for urn, _ in office.done] == [alone.urn, together.urn]


async def test_of_many_decisions_at_the_same_time_one_is_taken(office) -> None:
    case = await office.open(parties=())
    tries = [office.do("decide", case.urn, 1, granted=True, reason="好", on=MONDAY) for _ in range(16)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert {type(o) for o in outcomes if isinstance(o, Exception)} <= {VersionConflict, CaseClosed}
    assert len(office.done) == 1


async def test_a_person_goes_by_another_name_or_by_none(office) -> None:
    case = await office.open()
    async with office.work() as session:
        assert [c.urn for c in await office.cases.of_person(session, BUYER)] == [case.urn]
        await office.cases.rename(session, case.urn, BUYER, None, "corrected", MONDAY)
    assert [s["pseudonym"] for s in (await office.published(case.urn))["subjects"]] == [SELLER, SPOUSE]
    async with office.work() as session:
        with pytest.raises(NotFound):
            await office.cases.find(session, case.urn, BUYER)
        await office.cases.rename(session, case.urn, BUYER, "housing.2.buyer", "corrected", MONDAY)
        assert await office.cases.of_person(session, BUYER) == []
    await office.do("consent", case.urn, "housing.2.buyer", MONDAY)


async def test_nothing_of_a_case_can_be_read_in_the_database(office) -> None:
    case = await office.open(parties=())
    await office.do("decide", case.urn, 1, granted=False, reason="欠费未清", on=MONDAY)
    (row,) = await office.department.fetch("select data from case_file")
    assert "欠费未清".encode() not in bytes(row.data)
    assert b"price" not in bytes(row.data)


async def test_cases_are_listed_by_office_and_state(office) -> None:
    urns = sorted([(await office.open(parties=())).urn for _ in range(3)])
    await office.do("withdraw", urns[1], SELLER, MONDAY)
    async with office.work() as session:
        page = await office.cases.listing(session, authority="demo.title-registry", state="pending", limit=1)
        assert [c.urn for c in page] == urns[:1]
        rest = await office.cases.listing(session, state="pending", after=urns[0])
        assert [c.urn for c in rest] == urns[2:]
        assert await office.cases.listing(session, authority="demo.provident-fund") == []
