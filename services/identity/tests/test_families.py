"""Marriage, divorce, adoption and guardianship, by the rules of the day each was asked for on."""

from datetime import date
from typing import Any

import pytest
from onewindow_kit.testing import legal_day

GRANT = {"outcome": "granted", "reason": "符合条件。"}
PAPERS = [{"kind": "adoption-certificate", "reference": "收养登记1"}]
pytestmark = pytest.mark.rule("domain-8")


def wedding(one: Any, other: Any, since: str | None = None) -> dict[str, Any]:
    parties = [{"person": p["person"], "role": "spouse"} for p in (one, other)]
    return {"kind": "marriage", "basis": "marriage", "parties": parties, "since": since}


def tie(kind: str, basis: str, first: tuple[str, Any], second: tuple[str, Any], **more: Any) -> dict[str, Any]:
    parties = [{"person": p["person"], "role": role} for role, p in (first, second)]
    return {"kind": kind, "basis": basis, "parties": parties, **more}


async def ties(town: Any, person: Any, kind: str, state: str = "in-force") -> list[Any]:
    found = (await town.person(person["person"]))["kinships"]
    return [k["body"] for k in found if (k["body"]["kind"], k["body"]["state"]) == (kind, state)]


async def married(citizen: Any, office: Any, named: Any, one: Any, other: Any) -> Any:
    """The decided case."""
    asked = await citizen(one).done("/v1/marriage-applications", {"spouse": named(other)})
    agreed = await citizen(other).done(f"/v1/cases/{asked['urn']}/consents")
    return await office.done(f"/v1/cases/{asked['urn']}/decisions", GRANT, version=agreed["version"])


@pytest.mark.rule("identity.party-response-days")
async def test_both_apply_for_a_marriage(
    town: Any, office: Any, citizen: Any, couple: Any, named: Any, problem: Any, published: Any
) -> None:
    man, woman = await couple()
    asked = await citizen(man).done("/v1/marriage-applications", {"spouse": named(woman)})
    assert (asked["body"]["state"], asked["body"]["awaiting"]) == ("awaiting-parties", 1)
    assert asked["body"]["respond_by"] is not None
    assert woman["person"] not in str(asked) and named(woman)["number"] not in str(asked)
    path = f"/v1/cases/{asked['urn']}"
    early = await office.post(f"{path}/decisions", GRANT, version=asked["version"])
    assert problem(early) == (409, "case-awaits-parties")
    hers = await citizen(woman).read(path)
    assert (hers["applicant"], hers["content"]) == (None, None)
    assert [term["value"] for term in hers["body"]["terms"]] == [named(man)["name"]], (
        "who asks her is what she must know"
    )
    agreed = await citizen(woman).done(f"{path}/consents")
    assert problem(await citizen(woman).post(f"{path}/consents")) == (409, "already-answered")
    decided = await office.done(f"{path}/decisions", GRANT, version=agreed["version"])
    [urn] = decided["body"]["results"]
    record = await published(urn)
    assert {s["pseudonym"] for s in record["subjects"]} == {man["person"], woman["person"]}
    assert record["body"]["kind"] == "marriage" and record["body"]["state"] == "in-force"

    other, _ = await couple()
    again = await citizen(other).post("/v1/marriage-applications", {"spouse": named(woman)})
    assert problem(again) == (409, "already-married")


async def test_who_is_asked_can_say_no_or_nothing(
    app: Any, citizen: Any, couple: Any, named: Any, problem: Any
) -> None:
    with legal_day(date(2025, 3, 3)) as day:
        man, woman = await couple()
        asked = await citizen(man).done("/v1/marriage-applications", {"spouse": named(woman)})
        no = await citizen(woman).done(f"/v1/cases/{asked['urn']}/refusals", {"reason": "不愿意"})
        assert (no["body"]["state"], no["body"]["decision"]["reason"]) == ("refused", "不愿意")
        asked = await citizen(man).done("/v1/marriage-applications", {"spouse": named(woman)})
        assert asked["body"]["respond_by"] == "2025-03-24"
        day.write_text("2025-03-25")
        late = await citizen(woman).post(f"/v1/cases/{asked['urn']}/consents")
        assert problem(late) == (409, "case-closed")
        await app.state.duties.once()
        over = await citizen(man).read(f"/v1/cases/{asked['urn']}")
        assert over["body"]["state"] == "lapsed"


@pytest.mark.rule("identity.marriage-age")
async def test_the_age_of_marriage_differs_by_sex_and_changed_in_1981(office: Any, couple: Any, problem: Any) -> None:
    man, woman = await couple(date(2003, 6, 2), date(2005, 6, 2))
    young = await office.post("/v1/kinships", wedding(man, woman, "2025-06-01"))
    assert problem(young) == (409, "marriage-age")
    assert "identity.marriage-age" in young.json()["remedy"]
    assert (await office.done("/v1/kinships", wedding(man, woman, "2025-06-02")))["body"]["state"] == "in-force"

    man, woman = await couple(date(1960, 12, 31), date(1962, 12, 31))
    assert problem(await office.post("/v1/kinships", wedding(man, woman, "1980-12-30"))) == (409, "marriage-age")
    assert problem(await office.post("/v1/kinships", wedding(man, woman, "1981-01-01"))) == (409, "marriage-age")
    old_law = await office.done("/v1/kinships", wedding(man, woman, "1980-12-31"))
    assert old_law["body"]["since"] == "1980-12-31", "20 and 18 until the end of 1980"

    man, woman = await couple(date(1920, 1, 1), date(1921, 1, 1))
    before = await office.post("/v1/kinships", wedding(man, woman, "1950-04-30"))
    assert problem(before) == (409, "rule-not-in-force")
    assert "identity.marriage-age" in before.json()["detail"]


async def test_a_marriage_is_between_a_man_and_a_woman_alive_and_not_the_same(
    town: Any, office: Any, couple: Any, problem: Any
) -> None:
    (man, woman), (other, _) = await couple(), await couple()
    assert problem(await office.post("/v1/kinships", wedding(man, other))) == (409, "marriage-parties")
    assert problem(await office.post("/v1/kinships", wedding(man, man))) == (409, "kinship-not-possible")
    death = {"died_on": str(date(2020, 1, 1)), "evidence": [{"kind": "death-certificate", "reference": "D"}]}
    await office.done(f"/v1/persons/{woman['person']}/death", death, version=woman["version"])
    assert problem(await office.post("/v1/kinships", wedding(man, woman))) == (409, "person-is-dead")


@pytest.mark.rule("identity.marriage-kin-generations")
async def test_close_kin_do_not_marry_and_cousins_could_before_1981(town: Any, office: Any, problem: Any) -> None:
    grandmother = await town.stranger("祖母", "2", date(1890, 1, 1))
    mother, uncle = [await town.stranger(n, s, date(1912, 1, 1)) for n, s in (("母", "2"), ("舅", "1"))]
    son, niece = await town.stranger("表兄", "1", date(1935, 1, 1)), await town.stranger("表妹", "2", date(1936, 1, 1))
    sister = await town.stranger("妹", "2", date(1938, 1, 1))
    for parent, child in ((grandmother, mother), (grandmother, uncle), (mother, niece), (uncle, son), (uncle, sister)):
        await office.done("/v1/kinships", tie("parentage", "birth", ("parent", parent), ("child", child)))
    for one, other in ((son, grandmother), (son, sister), (uncle, niece), (son, mother)):
        answer = await office.post("/v1/kinships", wedding(one, other))
        assert problem(answer) == (409, "close-kin"), (one["entries"]["name"], other["entries"]["name"])
    assert problem(await office.post("/v1/kinships", wedding(son, niece, "1981-01-01"))) == (409, "close-kin")
    cousins = await office.done("/v1/kinships", wedding(son, niece, "1980-12-31"))
    assert cousins["body"]["state"] == "in-force"


@pytest.mark.rule("identity.divorce-cooling-days", "identity.divorce-certificate-days")
async def test_a_divorce_by_agreement_waits_since_2021_and_lapses(
    app: Any, office: Any, citizen: Any, couple: Any, named: Any, problem: Any
) -> None:
    with legal_day(date(2020, 12, 31)) as day:
        man, woman = await couple()
        [urn] = (await married(citizen, office, named, man, woman))["body"]["results"]

        async def divorce(one: Any, other: Any) -> Any:
            asked = await citizen(one).done("/v1/divorce-applications", {"marriage": urn})
            return await citizen(other).done(f"/v1/cases/{asked['urn']}/consents")

        async def decide(case: Any) -> Any:
            return await office.post(f"/v1/cases/{case['urn']}/decisions", GRANT, version=case["version"])

        assert (await decide(await divorce(man, woman))).status_code == 200, "at once before 2021"
        assert problem(await citizen(man).post("/v1/divorce-applications", {"marriage": urn})) == (409, "kinship-ended")
        day.write_text("2021-01-01")
        [urn] = (await married(citizen, office, named, woman, man))["body"]["results"]
        other, _ = await couple()
        assert problem(await citizen(other).post("/v1/divorce-applications", {"marriage": urn})) == (404, "not-found")

        asked = await divorce(man, woman)
        day.write_text("2021-01-31")
        assert problem(await decide(asked)) == (409, "cooling-off")
        taken_back = await citizen(woman).done(f"/v1/cases/{asked['urn']}/withdrawals")
        assert taken_back["body"]["state"] == "withdrawn", "either may take it back"
        asked = await divorce(woman, man)
        day.write_text("2021-04-02")
        assert problem(await decide(asked)) == (409, "divorce-term-over")
        await app.state.duties.once()
        over = await citizen(man).read(f"/v1/cases/{asked['urn']}")
        assert over["body"]["state"] == "withdrawn"
        asked = await divorce(woman, man)
        day.write_text("2021-06-01")
        done = await decide(asked)
        assert done.json()["body"]["results"] == [urn]


async def test_a_judgment_ends_a_marriage_and_nothing_ends_parentage(
    town: Any, office: Any, couple: Any, problem: Any
) -> None:
    man, woman = await couple()
    marriage = await office.done("/v1/kinships", wedding(man, woman))
    path, over = f"/v1/kinships/{marriage['urn']}/end", {"ended_on": marriage["body"]["since"], "reason": "判决"}
    wrong = await office.post(path, over | {"ending": "decision"}, version=marriage["version"])
    assert problem(wrong) == (409, "kinship-not-possible")
    ended = await office.done(path, over, version=marriage["version"])
    assert ended["body"]["ending"] == "judgment"
    assert problem(await office.post(path, over, version=ended["version"])) == (409, "kinship-ended")
    child = await town.stranger("孩", "1", date(2015, 1, 1))
    parentage = await office.done("/v1/kinships", tie("parentage", "birth", ("parent", man), ("child", child)))
    never = await office.post(f"/v1/kinships/{parentage['urn']}/end", over, version=parentage["version"])
    assert problem(never) == (409, "kinship-not-possible")


@pytest.mark.rule("identity.majority-age")
async def test_guardianship_by_law_ends_at_majority_and_by_decision_when_decided(
    app: Any, town: Any, office: Any, problem: Any
) -> None:
    with legal_day(date(2024, 2, 29)) as day:
        household, mother = await town.household(opened_on=date(2024, 1, 1))
        child = await town.child(household, mother, birth_date=date(2024, 2, 29))
        adult = await town.stranger("成人", "1", date(1980, 1, 1))
        appointed = tie("guardianship", "appointment", ("guardian", adult), ("ward", child))
        for pair in ((child, adult), (mother, child)):
            refused = tie("guardianship", "appointment", ("guardian", pair[0]), ("ward", pair[1]))
            code = "guardian-unfit" if pair[0] is child else "kinship-not-possible"
            assert problem(await office.post("/v1/kinships", refused)) == (409, code)
        await office.done("/v1/kinships", appointed)
        incapable = tie("guardianship", "appointment", ("guardian", adult), ("ward", mother))
        kept = await office.done("/v1/kinships", incapable)
        assert len(await ties(town, child, "guardianship")) == 2
        day.write_text("2042-02-27")
        await app.state.duties.once()
        assert len(await ties(town, child, "guardianship")) == 2
        day.write_text("2042-03-05")
        await app.state.duties.once()
        over = await ties(town, child, "guardianship", "ended")
        assert {(k["ended_on"], k["ending"]) for k in over} == {("2042-02-28", "majority")} and len(over) == 2
        assert len(await ties(town, mother, "guardianship")) == 1, "of an adult it goes on"
        ended = await office.done(
            f"/v1/kinships/{kept['urn']}/end", {"ended_on": "2042-03-05", "reason": "恢复"}, version=kept["version"]
        )
        assert ended["body"]["ending"] == "decision"


@pytest.mark.rule("identity.adopter-age", "identity.adoptee-below-age", "identity.adoption-age-gap")
async def test_an_adoption_makes_parents_and_guardians_and_ends_the_ties_before(
    town: Any, office: Any, couple: Any, problem: Any
) -> None:
    with legal_day(date(2024, 5, 1)):
        household, mother = await town.household(opened_on=date(2024, 1, 1))
        child = await town.child(household, mother, birth_date=date(2024, 3, 1), sex="2")

        def adoption(*adopters: Any, who: Any = child, on: str | None = None) -> dict[str, Any]:
            people = [a["person"] for a in adopters]
            return {"child": who["person"], "adopters": people, "evidence": PAPERS, "adopted_on": on}

        young = await couple(date(1994, 5, 2), date(1994, 5, 2))
        man, woman = await couple(date(1980, 1, 1), date(1980, 1, 1))
        single = await town.stranger("独", "1", date(1984, 3, 2))
        teenager = await town.stranger("少", "1", date(2006, 5, 1))
        for command, code in (
            (adoption(young[0]), "adopter-too-young"),
            (adoption(man, woman), "adopters-not-married"),
            (adoption(mother), "kinship-not-possible"),
            (adoption(man, man), "kinship-not-possible"),
            (adoption(single), "adoption-age-gap"),
            (adoption(man, who=teenager), "adoptee-of-age"),
            (adoption(man, on="1992-03-31"), "date-out-of-order"),
        ):
            assert problem(await office.post("/v1/adoptions", command)) == (409, code), code
        await office.done("/v1/kinships", wedding(man, woman))
        assert problem(await office.post("/v1/adoptions", adoption(man))) == (409, "adopters-not-married")
        adopted = await office.done("/v1/adoptions", adoption(man, woman))
        assert adopted["person"] == child["person"]
        parents = [k for k in (await town.person(child["person"]))["kinships"] if k["body"]["state"] == "in-force"]
        who = {
            (k["body"]["kind"], p["person"]) for k in parents for p in k["parties"] if p["person"] != child["person"]
        }
        assert who == {(kind, p["person"]) for kind in ("parentage", "guardianship") for p in (man, woman)}
        over = await ties(town, child, "parentage", "ended")
        assert [k["ending"] for k in over] == ["adoption"]


@pytest.mark.rule("identity.adoptee-below-age", "identity.adopter-age")
async def test_older_children_can_be_adopted_since_2021_and_who_is_30_may_since_1999(
    town: Any, office: Any, problem: Any
) -> None:
    boy = await town.stranger("少", "1", date(2006, 1, 1))
    man = await town.stranger("养", "1", date(1975, 1, 1))
    command = {"child": boy["person"], "adopters": [man["person"]], "evidence": PAPERS}
    before = await office.post("/v1/adoptions", command | {"adopted_on": "2020-12-31"})
    assert problem(before) == (409, "adoptee-of-age"), "14 until the end of 2020"
    assert (await office.done("/v1/adoptions", command | {"adopted_on": "2021-01-01"}))["kinships"]

    child = await town.stranger("幼", "1", date(1995, 1, 1))
    adopter = await town.stranger("早", "1", date(1967, 1, 1))
    command = {"child": child["person"], "adopters": [adopter["person"]], "evidence": PAPERS}
    early = await office.post("/v1/adoptions", command | {"adopted_on": "1999-03-31"})
    assert problem(early) == (409, "adopter-too-young"), "35 until March 1999"
    assert (await office.done("/v1/adoptions", command | {"adopted_on": "1999-04-01"}))["kinships"]


@pytest.mark.rule("identity.adoption-age-gap")
async def test_a_stepfather_adopts_beside_the_mother_and_single_women_need_the_gap_since_2021(
    town: Any, office: Any, couple: Any, problem: Any
) -> None:
    man, woman = await couple(date(1995, 1, 1), date(1995, 1, 1))
    father = await town.stranger("生父", "1", date(1990, 1, 1))
    girl = await town.stranger("女", "2", date(2018, 1, 1))
    for parent in (woman, father):
        await office.done("/v1/kinships", tie("parentage", "birth", ("parent", parent), ("child", girl)))
    third = tie("parentage", "acknowledgement", ("parent", man), ("child", girl))
    assert problem(await office.post("/v1/kinships", third)) == (409, "parents-complete")
    await office.done("/v1/kinships", wedding(man, woman, "2023-01-01"))
    command = {"child": girl["person"], "adopters": [man["person"]], "evidence": PAPERS, "adopted_on": "2024-01-01"}
    adopted = await office.done("/v1/adoptions", command)
    parents = {
        p["person"]
        for k in adopted["kinships"]
        for p in k["parties"]
        if (k["body"]["kind"], k["body"]["state"], p["role"]) == ("parentage", "in-force", "parent")
    }
    assert parents == {man["person"], woman["person"]}

    boy, aunt = await town.stranger("男", "1", date(2010, 1, 1)), await town.stranger("姨", "2", date(1980, 1, 1))
    command = {"child": boy["person"], "adopters": [aunt["person"]], "evidence": PAPERS}
    since = await office.post("/v1/adoptions", command | {"adopted_on": "2021-01-01"})
    assert problem(since) == (409, "adoption-age-gap")
    assert (await office.done("/v1/adoptions", command | {"adopted_on": "2020-12-31"}))["kinships"]
