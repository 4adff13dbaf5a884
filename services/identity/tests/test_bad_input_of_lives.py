"""Bad input of lives: each a documented problem that names the rule it breaks, and nothing is half-done."""

from datetime import date
from typing import Any

import pytest
from onewindow_contracts import loader
from onewindow_kit.testing import legal_day
from sqlalchemy import text

TABLES = (
    "person",
    "kinship",
    "card",
    "stay",
    "residence_permit",
    "registration",
    "move",
    "case_file",
    "record",
    "outbox",
)
XIHU = "330106"
DEATH = {"died_on": "2020-02-02", "evidence": [{"kind": "death-certificate", "reference": "D"}]}
NOBODY = "identity.1." + "a" * 22
NOTHING = "urn:onewindow:demo.population-office:stay:" + "a" * 22


@pytest.fixture
def unchanged(app: Any) -> Any:
    """``await unchanged()``: how many rows each table has."""

    async def counts() -> list[int]:
        async with app.state.sessions() as session:
            connection = await session.connection()
            return [(await connection.execute(text(f"select count(*) from {name}"))).scalar_one() for name in TABLES]

    return counts


@pytest.fixture(scope="session")
async def people(town: Any, office: Any) -> dict[str, Any]:
    """A dead man, a minor, a guest from elsewhere, a resident with a card."""
    dead = await town.stranger("已故", "1", date(1960, 1, 1))
    dead = await office.done(f"/v1/persons/{dead['person']}/death", DEATH, version=dead["version"])
    _, resident = await town.household(name="在册")
    await office.done(f"/v1/persons/{resident['person']}/cards", {"reason": "first"})
    return {
        "dead": dead,
        "minor": await town.stranger("幼年", "2", date(2015, 1, 1)),
        "guest": await town.stranger("外来", "1", date(1990, 1, 1)),
        "resident": resident,
    }


def wedding(one: str, other: str, **more: Any) -> dict[str, Any]:
    parties = [{"person": one, "role": "spouse"}, {"person": other, "role": "spouse"}]
    return {"kind": "marriage", "basis": "marriage", "parties": parties, **more}


SPOILED: list[tuple[str, str, Any, int, str]] = [
    ("dead", "/v1/card-replacements", {"reason": "loss"}, 409, "person-is-dead"),
    ("dead", "/v1/name-change-requests", {"name": "新", "reason": "x"}, 409, "person-is-dead"),
    ("dead", "/v1/stays", {"division": XIHU, "address": "x"}, 409, "person-is-dead"),
    ("dead", "/v1/move-requests", {"to_division": XIHU, "reason": "work"}, 409, "person-is-dead"),
    ("minor", "/v1/name-change-requests", {"name": "新", "reason": "x"}, 409, "minor-acts-through-guardian"),
    ("guest", "/v1/residence-permit-applications", {"ground": "job", "evidence": "x"}, 409, "stay-required"),
    ("guest", "/v1/residence-permit-applications", {"ground": "love", "evidence": "x"}, 422, "invalid-request"),
    ("guest", "/v1/stays", {"division": "999999", "address": "x"}, 409, "unknown-division"),
    ("guest", "/v1/stays", {"division": "110101", "address": "x"}, 409, "division-outside-jurisdiction"),
    ("guest", "/v1/stays", {"division": XIHU, "address": "x", "since": "9999-12-31"}, 409, "date-in-future"),
    ("guest", "/v1/stays", {"division": XIHU, "address": "x", "since": "0001-01-01"}, 409, "date-out-of-order"),
    ("guest", "/v1/stays", {"division": XIHU, "address": "x", "since": "10000-01-01"}, 422, "invalid-request"),
    ("guest", "/v1/stays", {"division": XIHU, "address": "x", "since": "2023-02-30"}, 422, "invalid-request"),
    ("guest", "/v1/stays", {"division": XIHU, "address": "x\u0000"}, 422, "invalid-request"),
    ("guest", f"/v1/stays/{NOTHING}/end", {}, 404, "not-found"),
    ("guest", f"/v1/residence-permits/{NOTHING}/endorsement", {}, 404, "not-found"),
    ("guest", "/v1/card-replacements", {"reason": "loss"}, 409, "card-not-valid"),
    ("guest", "/v1/divorce-applications", {"marriage": NOTHING}, 404, "not-found"),
    ("resident", "/v1/card-replacements", {"reason": "loss", "lost_on": "9999-12-31"}, 409, "date-in-future"),
    ("resident", "/v1/card-replacements", {"reason": "loss", "lost_on": "1999-12-31"}, 409, "date-out-of-order"),
    ("resident", "/v1/card-replacements", {"reason": "boredom"}, 422, "invalid-request"),
    ("resident", "/v1/card-replacements", {"reason": "renewal"}, 409, "renewal-too-early"),
    ("resident", "/v1/name-change-requests", {"name": "  ", "reason": "x"}, 409, "invalid-value"),
    ("resident", "/v1/name-change-requests", {"name": "在册", "reason": "x"}, 409, "nothing-changes"),
]


@pytest.mark.parametrize(("who", "path", "body", "status", "code"), SPOILED, ids=lambda v: str(v)[:34])
async def test_a_citizens_bad_command_is_refused_and_nothing_changes(
    people: Any, citizen: Any, unchanged: Any, problem: Any, who: str, path: str, body: Any, status: int, code: str
) -> None:
    before = await unchanged()
    answer = await citizen(people[who]).post(path, body)
    assert problem(answer) == (status, code)
    assert await unchanged() == before


async def test_an_offices_bad_command_is_refused_and_nothing_changes(
    people: Any, office: Any, unchanged: Any, problem: Any
) -> None:
    guest, minor, dead = (people[name]["person"] for name in ("guest", "minor", "dead"))
    adoption = {"child": minor, "evidence": [{"kind": "adoption-certificate", "reference": "1"}]}
    permit = {"person": guest, "ground": "job"}
    before = await unchanged()
    for path, body, status, code in (
        ("/v1/kinships", wedding(guest, minor), 409, "marriage-age"),
        ("/v1/kinships", wedding(guest, guest), 409, "kinship-not-possible"),
        ("/v1/kinships", wedding(guest, dead), 409, "person-is-dead"),
        ("/v1/kinships", wedding(guest, NOBODY), 404, "person-not-found"),
        ("/v1/kinships", wedding(guest, minor, since="9999-12-31"), 409, "date-in-future"),
        ("/v1/kinships", wedding(guest, minor, since="1900-01-01"), 409, "date-out-of-order"),
        (f"/v1/persons/{dead}/cards", {"reason": "first"}, 409, "person-is-dead"),
        ("/v1/adoptions", adoption | {"adopters": [minor]}, 409, "kinship-not-possible"),
        ("/v1/adoptions", adoption | {"adopters": [guest, guest]}, 409, "kinship-not-possible"),
        ("/v1/adoptions", adoption | {"adopters": [dead]}, 409, "person-is-dead"),
        ("/v1/adoptions", adoption | {"adopters": []}, 422, "invalid-request"),
        ("/v1/adoptions", adoption | {"adopters": [guest], "adopted_on": "9999-12-31"}, 409, "date-in-future"),
        ("/v1/residence-permits", permit | {"granted_on": "9999-12-31"}, 409, "date-in-future"),
        ("/v1/residence-permits", permit | {"granted_on": "2015-12-31"}, 409, "rule-not-in-force"),
    ):
        assert problem(await office.post(path, body)) == (status, code), (path, body)
    assert await unchanged() == before


async def test_a_rule_asked_for_before_it_existed_is_named_with_its_first_day(
    town: Any, office: Any, citizen: Any, problem: Any
) -> None:
    with legal_day(date(1957, 1, 1)):
        child = await town.stranger("旧时", "1", date(1930, 1, 1))
        answer = await citizen(child).post("/v1/name-change-requests", {"name": "新", "reason": "x"})
        assert problem(answer) == (409, "rule-not-in-force")
        assert "identity.majority-age" in answer.json()["detail"] and "1987-01-01" in answer.json()["detail"]


def test_every_refusal_of_a_rule_with_a_number_names_the_parameter() -> None:
    from identity.domain import refusals

    contracts = loader.load()
    named = {
        name
        for refusal in vars(refusals).values()
        if isinstance(refusal, type) and refusal.__module__ == refusals.__name__
        for name in contracts.parameters
        if name in refusal.remedy
    }
    assert {n for n in named if n.startswith("identity.")} >= {
        "identity.permit-stay-months",
        "identity.permit-endorsement-window-months",
        "identity.card-renewal-months",
        "identity.majority-age",
        "identity.marriage-age",
        "identity.marriage-kin-generations",
        "identity.divorce-cooling-days",
        "identity.divorce-certificate-days",
        "identity.adopter-age",
        "identity.adoptee-below-age",
        "identity.adoption-age-gap",
    }
