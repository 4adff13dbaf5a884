"""A case is judged by the rules of the day on which it was applied for: a changed rule binds only what comes after."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from housing.service import cases, registration
from housing.service.applications import share, transfer
from housing.service.rules import Rules
from housing.store import offers
from onewindow_contracts import loader
from onewindow_contracts.models import housing as officers
from onewindow_contracts.models import housing_applications as api
from onewindow_kit.decide import Principal
from onewindow_kit.testing import legal_day

CHANGED = date(2026, 7, 1)
BEFORE, AFTER = CHANGED - timedelta(days=1), CHANGED


def from_that_day(name, value):
    """The contracts with another value of a parameter from ``CHANGED`` on."""
    contracts = loader.load()
    parameter = contracts.parameters[name]
    *older, last = parameter.values
    changed = (*older, replace(last, until=CHANGED), replace(last, since=CHANGED, value=value))
    return replace(contracts, parameters={**contracts.parameters, name: replace(parameter, values=changed)})


def party(subject):
    return Principal("citizen", subject, "housing", "gateway", "t", 0)


@pytest.fixture
def desk(app, registry):
    """Use cases in one transaction that is rolled back, under changed rules."""

    class Desk:
        def __init__(self, name, value):
            self.registry = replace(registry, rules=Rules(from_that_day(name, value)))

        async def __aenter__(self):
            self.session = app.state.edge.database.sessions()
            await self.session.begin()
            return self

        async def __aexit__(self, *_):
            await self.session.rollback()
            await self.session.close()

        async def registered(self, first, *owners):
            body = officers.RegisterTitle.model_validate(first(*owners))
            record = await registration.register(self.session, self.registry, self.registry.office, body)
            return record.urn

        async def apply(self, apply, owner, urn, body):
            return await apply(self.session, self.registry, owner, urn, body)

        async def consent(self, case, *people):
            for person in people:
                await cases.consent(self.session, self.registry, party(person), case.urn)

        async def grant(self, case):
            now = await self.registry.cases.find(self.session, case.urn)
            officer = Principal("agency", "o", "housing", "o", "t", 0, authority=self.registry.office)
            await cases.grant(self.session, self.registry, officer, case.urn, now.version, reason="材料齐全。")
            return (await self.registry.cases.find(self.session, case.urn)).state

    return Desk


@pytest.mark.rule("housing.consent-majority")
async def test_a_sale_needs_the_majority_of_its_day(desk, first, person, identity):
    seller, other, last, buyer = person(), person(), person(), person()
    sale = api.ApplyForTransfer.model_validate(
        {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer)}]}
    )
    async with desk("housing.consent-majority", "3/4") as office:
        assert office.registry.rules.law(BEFORE).consent_majority == Fraction(2, 3)
        assert office.registry.rules.law(AFTER).consent_majority == Fraction(3, 4)
        urn = await office.registered(first, (seller, "9/20"), (other, "1/4"), (last, "3/10"))
        with legal_day(BEFORE):
            old = await office.apply(transfer.apply, seller, urn, sale)
        assert {p.pseudonym for p in old.parties} == {buyer, last}, "9/20 and 3/10 are two thirds and more"
        with legal_day(AFTER):
            assert {p.pseudonym for p in (await office.apply(transfer.apply, seller, urn, sale)).parties} == {
                buyer,
                last,
            }
            thin = await office.registered(first, (seller, "7/10"), (other, "1/10"), (last, "1/5"))
            new = await office.apply(transfer.apply, seller, thin, sale)
            assert {p.pseudonym for p in new.parties} == {buyer, last}, "seven tenths are no longer enough"
        with legal_day(BEFORE):
            alone = await office.apply(transfer.apply, seller, thin, sale)
            assert {p.pseudonym for p in alone.parties} == {buyer}
        with legal_day(AFTER + timedelta(days=3)):
            await office.consent(alone, buyer)
            assert await office.grant(alone) == "granted", "the old case by the old rule"


@pytest.mark.rule("housing.first-refusal-days")
@pytest.mark.parametrize(("applied_on", "days"), [(BEFORE, 30), (AFTER, 60)])
async def test_an_offer_lasts_as_long_as_on_the_day_of_the_application(desk, first, person, identity, applied_on, days):
    seller, other, buyer = person(), person(), person()
    sale = api.ApplyForShareTransfer.model_validate(
        {"cause": "purchase", "acquirers": [{"party": identity.introduced(buyer)}]}
    )
    async with desk("housing.first-refusal-days", 60) as office:
        urn = await office.registered(first, (seller, "1/2"), (other, "1/2"))
        with legal_day(applied_on):
            case = await office.apply(share.apply, seller, urn, sale)
        opened_on = AFTER + timedelta(days=2)
        with legal_day(opened_on):
            await office.consent(case, buyer)
        offer = await offers.of_case(office.session, case.urn)
        assert offer.respond_by == opened_on + timedelta(days=days)


@pytest.mark.rule("housing.case-answer-days")
@pytest.mark.parametrize(("applied_on", "respond_by"), [(BEFORE, date(2026, 7, 14)), (AFTER, date(2026, 7, 8))])
async def test_the_term_to_answer_is_that_of_the_application(desk, first, person, identity, applied_on, respond_by):
    seller = person()
    sale = api.ApplyForTransfer.model_validate(
        {"cause": "gift", "acquirers": [{"party": identity.introduced(person())}]}
    )
    async with desk("housing.case-answer-days", 5) as office:
        urn = await office.registered(first, seller)
        with legal_day(applied_on):
            assert (await office.apply(transfer.apply, seller, urn, sale)).respond_by == respond_by


@pytest.mark.rule("housing.objection-days", "housing.advance-notice-days")
@pytest.mark.parametrize(("day", "holds"), [(BEFORE, 15), (AFTER, 20)])
async def test_an_objection_holds_as_on_the_day_of_its_entry(desk, first, person, day, holds):
    from housing.service import rights

    async with desk("housing.objection-days", 20) as office:
        with legal_day(day):
            urn = await office.registered(first, person())
            title = await office.registry.find(office.session, office.registry.office, urn)
            await rights.object_to(office.session, office.registry, title, person(), "民法典 220")
            [objection] = (await office.registry.find(office.session, office.registry.office, urn)).objections
        assert objection.holds_until == day + timedelta(days=holds)
