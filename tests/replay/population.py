"""What the population office does in a year: births, deaths, moves, names, cards."""

from __future__ import annotations

from typing import Any

from onewindow_local.demo.city import DIVISION, OTHER_DIVISION, person_of
from onewindow_local.sample.people import FEMALE, MALE, Person

from .life import Happening, Life

OFFICE = "population-office"
EVIDENCE = [{"kind": "death-certificate", "reference": "死亡证明1"}]


async def birth(life: Life) -> None:
    mother = life.chance.choice([p for p in life.adults if p.sex == FEMALE and p.age(life.day) < 45])
    home = next(r.household for r in life.residents if mother in r.household.persons())
    office, who = await life.city.population(), await life.named(mother, OFFICE)
    file = await office.get(f"/v1/persons/{who}")
    if file["registration"] is None:
        return
    await office.do(
        "/v1/births",
        {
            "name": f"{mother.name[0]}样新",
            "sex": life.chance.choice("12"),
            "birth_date": life.ago(life.chance.randint(0, 20)),
            "ethnic_group": mother.ethnic_group,
            "birth_division": home.division,
            "mother": who,
            "household": file["registration"]["body"]["household"],
            "relationship": "99",
            "certificate": "出生医学证明A1",
        },
    )


async def death(life: Life) -> None:
    old = life.chance.choice([p for p in life.adults if p.age(life.day) > 60])
    who, file = await _file(life, old)
    body: dict[str, Any] = {"died_on": life.ago(1), "evidence": EVIDENCE}
    await (await life.city.population()).do(f"/v1/persons/{who}/death", body, at=f'"{file["version"]}"')


async def move(life: Life) -> None:
    """Three steps; one mover in four is on the way at the year's end."""
    mover = life.chance.choice(life.adults)
    to = life.chance.choice([DIVISION, OTHER_DIVISION])
    office, who = await life.city.population(), await life.named(mover, OFFICE)
    permitted = await office.do("/v1/moves", {"person": who, "to_division": to, "reason": "work"})
    place = f"/v1/moves/{permitted.urn}"
    certified = await office.do(f"{place}/certificate", {}, at=permitted.etag)
    if life.chance.random() < 0.75:
        opening = {"kind": "family", "division": to, "address": f"样本路{life.chance.randint(1, 999)}号"}
        await office.do(f"{place}/arrival", {"opening": opening}, at=certified.etag)


async def change_of_name(life: Life) -> None:
    person = life.chance.choice(life.adults)
    who, file = await _file(life, person)
    body = {"name": f"{person.name}儿", "reason": "本人申请"}
    await (await life.city.population()).do(f"/v1/persons/{who}/variations", body, at=f'"{file["version"]}"')
    person.name = body["name"]


async def card(life: Life) -> None:
    who, file = await _file(life, life.chance.choice(life.adults))
    await (await life.city.population()).do(f"/v1/persons/{who}/cards", {"reason": "loss"}, at=f'"{file["version"]}"')


async def lost_card(life: Life) -> None:
    who = await life.named(life.chance.choice(life.adults), OFFICE)
    await (await life.city.population()).do("/v1/card-losses", {"person": who, "lost_on": life.ago(1)})


async def late_registration(life: Life) -> None:
    """Of somebody who may turn out to be known already; owns and drives like everybody else meanwhile."""
    office = await life.city.population()
    done = await office.do(
        "/v1/late-registrations",
        {
            "category": "other",
            "evidence": [{"kind": "inquiry-report", "reference": "调查1"}],
            "name": f"{life.chance.choice('赵钱孙李')}样补",
            "sex": life.chance.choice("12"),
            "birth_date": f"19{life.chance.randint(60, 99)}-0{life.chance.randint(1, 9)}-15",
            "ethnic_group": "01",
            "birth_division": DIVISION,
            "division": DIVISION,
        },
    )
    life.late.append(person_of(done))


async def marriage(life: Life) -> None:
    wives = {p.spouse.number: p for p in life.people if p.spouse}
    single = [p for p in life.adults if p.spouse is None and p.number not in wives]
    man, woman = [life.chance.choice([p for p in single if p.sex == sex]) for sex in (MALE, FEMALE)]
    parties = [{"person": await life.named(each, OFFICE), "role": "spouse"} for each in (man, woman)]
    office = await life.city.population()
    await office.do("/v1/kinships", {"kind": "marriage", "basis": "marriage", "parties": parties})


async def merge(life: Life) -> None:
    """Two entries turn out to be one person; half of the time that turns out to be wrong."""
    if not life.late:
        return
    double, person = life.late.pop(), life.chance.choice(life.adults)
    proposal = {"grounds": "同一人", "evidence": [{"kind": "inquiry-report", "reference": "调查2"}]}
    people = {"survivor": await life.named(person, OFFICE), "losing": double.id}
    merged = await _decided(life, "/v1/person-merges", proposal | people)
    if life.chance.random() < 0.5:
        await _decided(life, "/v1/person-splits", proposal | {"person": people["survivor"], "undoes": merged})


async def _decided(life: Life, path: str, proposal: dict[str, Any]) -> str:
    """Proposed by one officer, confirmed by another; the decision's id."""
    one, other = [await life.city.population(officer) for officer in ("officer-1", "officer-2")]
    proposed = await one.do(path, proposal)
    await other.do(f"/v1/link-decisions/{proposed.body['id']}/confirmation")
    return proposed.body["id"]


async def _file(life: Life, person: Person) -> tuple[str, dict[str, Any]]:
    who = await life.named(person, OFFICE)
    return who, await (await life.city.population()).get(f"/v1/persons/{who}")


HAPPENINGS: list[Happening] = [
    *(birth, death, move, change_of_name, card, lost_card, marriage),
    *(late_registration, late_registration, merge, merge),
]
