"""Organisations stand in every register as persons do, and act through persons who represent them."""

import json
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from identity.store import persons
from joserfc import jwt
from joserfc.jwk import ECKey
from onewindow_kit.clock import today
from onewindow_kit.keyring import Keyring
from onewindow_kit.pseudonyms import is_organisation, open_introduction
from stdnum.cn import uscc

TODAY = today()
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS = "urn:ietf:params:oauth:token-type:access_token"
_serial = count(1)
pytestmark = pytest.mark.rule("domain-29")


def code() -> str:
    """A code that no other call gives."""
    body = f"91330106{next(_serial):09d}"
    return body + uscc.calc_check_digit(body)


@pytest.fixture(scope="session")
def register(caller: Any) -> Any:
    return caller("agency", "demo.company-register", "identity")


class Firm:
    """An organisation and the persons around it."""

    def __init__(self, file: Any, chief: Any, uscc: str) -> None:
        self.file, self.chief, self.uscc = file, chief, uscc
        self.name = file["organisation"]

    @property
    def path(self) -> str:
        return f"/v1/organisations/{self.name}"


@pytest.fixture
async def firm(town: Any, register: Any) -> Firm:
    chief = await town.stranger(name="董事长")
    number = code()
    command = {"name": "杭州示例有限公司", "uscc": number, "kind": "enterprise", "registered_on": "2020-05-01"}
    file = await register.done("/v1/organisations", command | {"legal_representative": chief["person"]})
    return Firm(file, chief, number)


async def test_every_sector_finds_an_organisation_by_code_and_name(firm: Firm, caller: Any, problem: Any) -> None:
    asked = {"scheme": "cn-uscc", "number": firm.uscc, "name": "杭州示例有限公司"}
    names = {
        sector: (await caller("service", sector, sector).done("/v1/pseudonyms", asked))["pseudonym"]
        for sector in ("housing", "transport")
    }
    assert all(name.startswith(f"{sector}.1.") and is_organisation(name) for sector, name in names.items())
    housing = caller("service", "housing", "housing")
    batch = {"scheme": "cn-uscc", "numbers": [firm.uscc, code(), "rubbish", firm.uscc.lower()]}
    assert (await housing.done("/v1/pseudonyms/batch", batch))["pseudonyms"] == [
        names["housing"],
        None,
        None,
        names["housing"],
    ]
    for wrong in ({"name": "另一公司"}, {"number": code()}, {"number": "123"}, {"scheme": "cn-id"}):
        assert problem(await housing.post("/v1/pseudonyms", asked | wrong)) == (404, "person-not-found")
    late = caller("agency", "demo.social-aid", "social-aid")
    assert (await late.done("/v1/pseudonyms", asked))["pseudonym"].startswith("social-aid.1.org-"), "a later sector too"


async def test_an_organisation_is_introduced_like_a_person(firm: Firm, caller: Any, keys: Path) -> None:
    asked = {"scheme": "cn-uscc", "number": firm.uscc, "name": "杭州示例有限公司"}
    housing = caller("service", "housing", "housing")
    mine = (await housing.done("/v1/pseudonyms", asked))["pseudonym"]
    given = await housing.done("/v1/introductions", {"pseudonym": mine, "receiver": "transport"})
    opened = open_introduction(Keyring.load(keys / "transport.json"), given["introduction"])
    assert opened.sector == "transport" and opened.organisation


async def test_who_acts_introduces_themself_or_the_organisation(
    firm: Firm, caller: Any, citizen: Any, keys: Path
) -> None:
    ring = Keyring.load(keys / "transport.json")
    person = await citizen(firm.chief).done("/v1/own-introductions", {"receiver": "transport"})
    acting = caller("representative", "onewindow-cli", "identity", firm.name, officer="gateway")
    organisation = await acting.done("/v1/own-introductions", {"receiver": "transport"})
    assert [open_introduction(ring, i["introduction"]).organisation for i in (person, organisation)] == [False, True]


async def test_both_see_who_represents_and_nobody_learns_a_name(firm: Firm, published: Any) -> None:
    [held] = firm.file["representations"]
    record = await published(held["urn"])
    assert [(s["role"], s["part"]) for s in record["subjects"]] == [
        ("organisation", None),
        ("representative", "legal-representative"),
    ]
    assert {s["pseudonym"] for s in record["subjects"]} == {firm.name, firm.chief["person"]}
    assert record["authority"] == "demo.company-register"
    assert record["body"]["organisation"] == "杭州示例有限公司" and record["body"]["powers"] == ["act", "read"]
    assert "董事长" not in str(record)


async def test_a_register_changes_and_ends_organisations(
    firm: Firm, register: Any, problem: Any, published: Any
) -> None:
    command = {"name": "改名公司", "reason": "申请变更"}
    assert problem(await register.post(f"{firm.path}/variations", command, version=9)) == (412, "version-conflict")
    varied = await register.done(f"{firm.path}/variations", command, version=1)
    assert varied["body"]["name"] == "改名公司"
    assert varied["representations"][0]["body"]["organisation"] == "改名公司"
    assert problem(await register.post(f"{firm.path}/variations", command, version=2)) == (409, "nothing-changes")
    early = {"dissolved_on": "2019-01-01", "reason": "注销"}
    assert problem(await register.post(f"{firm.path}/dissolution", early, version=2)) == (409, "date-out-of-order")
    gone = await register.done(f"{firm.path}/dissolution", early | {"dissolved_on": str(TODAY)}, version=2)
    assert gone["body"]["state"] == "dissolved" and gone["representations"] == []
    assert (await published(varied["representations"][0]["urn"]))["body"]["state"] == "ended"
    again = {"name": "再生公司", "uscc": firm.uscc, "kind": "enterprise"}
    assert problem(await register.post("/v1/organisations", again)) == (409, "organisation-exists")
    appointed = {"person": firm.chief["person"], "capacity": "agent"}
    assert problem(await register.post(f"{firm.path}/representations", appointed)) == (409, "organisation-dissolved")
    assert problem(await register.post(f"{firm.path}/variations", command, version=3)) == (
        409,
        "organisation-dissolved",
    )


async def test_a_new_legal_representative_follows_the_one_before(
    firm: Firm, town: Any, register: Any, citizen: Any, problem: Any
) -> None:
    other = await town.stranger(name="经理人")
    path = f"{firm.path}/representations"
    agent = await register.done(path, {"person": other["person"], "capacity": "agent", "powers": ["read"]})
    again = {"person": other["person"], "capacity": "agent"}
    assert problem(await register.post(path, again)) == (409, "represents-already")
    await register.done(path, {"person": other["person"], "capacity": "legal-representative"})
    held = (await register.read(firm.path))["representations"]
    assert [(r["person"], r["body"]["capacity"]) for r in held] == [(other["person"], "legal-representative")]
    ended = {"reason": "重复"}
    end = f"/v1/representations/{agent['urn']}/end"
    assert problem(await register.post(end, ended)) == (409, "representation-ended")
    assert problem(await citizen(firm.chief).post(end, ended)) == (404, "not-found"), "another's looks like none"
    mine = f"/v1/representations/{held[0]['urn']}/end"
    assert problem(await citizen(other).post(mine, ended)) == (409, "representation-ended"), "no statutory resignation"


async def test_who_may_represent(firm: Firm, town: Any, register: Any, office: Any, problem: Any) -> None:
    path = f"{firm.path}/representations"

    async def refused(person: str, **more: Any) -> tuple[int, str]:
        return problem(await register.post(path, {"person": person, "capacity": "agent"} | more))

    child = await town.stranger(name="小孩", born=TODAY - timedelta(days=4000))
    assert await refused(child["person"]) == (409, "representative-under-age")
    assert await refused(firm.name) == (409, "natural-person-required")
    assert await refused("identity.1." + "a" * 22) == (404, "person-not-found")
    adult = await town.stranger(name="大人")
    assert await refused(adult["person"], since="2019-01-01") == (409, "date-out-of-order")
    death = {"died_on": str(TODAY), "evidence": [{"kind": "death-certificate", "reference": "D"}]}
    await office.done(f"/v1/persons/{adult['person']}/death", death, version=adult["version"])
    assert await refused(adult["person"]) == (409, "person-is-dead")
    assert problem(await office.get(firm.path)) == (403, "forbidden")
    assert problem(await register.get("/v1/organisations/identity.1.org-" + "a" * 22)) == (
        404,
        "organisation-not-found",
    )
    bad = {"name": "坏代码公司", "uscc": firm.uscc[:-1] + ("0" if firm.uscc[-1] != "0" else "1"), "kind": "enterprise"}
    assert problem(await register.post("/v1/organisations", bad)) == (422, "invalid-request")
    assert problem(await register.post("/v1/organisation-lookups", {"uscc": code()})) == (404, "organisation-not-found")
    assert (await register.done("/v1/organisation-lookups", {"uscc": firm.uscc}))["organisation"] == firm.name


async def test_an_organisation_is_no_kin_and_in_no_household(firm: Firm, town: Any, office: Any, problem: Any) -> None:
    household, head = await town.household(name="家主")
    spouse = {
        "kind": "marriage",
        "basis": "marriage",
        "since": str(TODAY),
        "parties": [{"person": p, "role": "spouse"} for p in (head["person"], firm.name)],
    }
    assert problem(await office.post("/v1/kinships", spouse)) == (409, "natural-person-required")
    entry = {"household": household["urn"], "relationship": "10", "reason": "投靠"}
    moved = await office.post(f"/v1/persons/{firm.name}/registrations", entry, version=1)
    assert problem(moved) == (409, "natural-person-required")
    assert problem(await office.get(f"/v1/persons/{firm.name}")) == (409, "natural-person-required")


class Tokens:
    """The token endpoint, for a citizen's app and for the gateway."""

    def __init__(self, app: Any, http: httpx.AsyncClient, keys: Path) -> None:
        self.app, self.http, self.keys = app, http, keys

    async def citizen(self, person: Any) -> str:
        """The citizen's own, as login gives it."""
        async with self.app.state.sessions() as session:
            row = await persons.by_pseudonym(session, person["person"])
            name = (await persons.pseudonyms(session, [row.id], "gateway"))[row.id]
        token, _ = self.app.state.issuer.access_token("citizen", name, "onewindow-cli", ["gateway"], sector="gateway")
        return token

    async def exchange(self, token: str, **more: Any) -> httpx.Response:
        asked = {"grant_type": EXCHANGE, "subject_token": token, "subject_token_type": ACCESS}
        return await self.http.post("/oauth/token", data=asked | {"client_id": "onewindow-cli"} | more)

    async def acting(self, person: Any, organisation: str) -> dict[str, Any]:
        answer = await self.exchange(await self.citizen(person), organisation=organisation)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def claims(self, token: str) -> dict[str, Any]:
        return self.app.state.issuer.own_claims(token)


@pytest.fixture(scope="session")
def assertion(keys: Path) -> Callable[[str], dict[str, str]]:
    """How a client proves itself (RFC 7523)."""

    def prove(client: str) -> dict[str, str]:
        key = ECKey.import_key(json.loads((keys / f"{client}.json").read_text())["client"])
        moment = int(time.time())
        claims = {"iss": client, "sub": client, "aud": "http://identity.test/oauth/token", "iat": moment}
        claims |= {"exp": moment + 60, "jti": uuid.uuid4().hex}
        token = jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key, algorithms=["ES256"])
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return {"client_assertion_type": kind, "client_assertion": token}

    return prove


@pytest.fixture(scope="session")
def tokens(app: Any, http: httpx.AsyncClient, keys: Path) -> Tokens:
    return Tokens(app, http, keys)


async def test_a_representative_gets_a_token_that_acts_for_the_organisation(
    firm: Firm, tokens: Tokens, assertion: Any
) -> None:
    mine = await tokens.citizen(firm.chief)
    token = (await tokens.acting(firm.chief, firm.uscc))["access_token"]
    claims = tokens.claims(token)
    assert claims["kind"] == "representative" and claims["aud"] == ["gateway"]
    assert claims["sub"].startswith("gateway.1.org-")
    assert claims["act"] == {"sub": tokens.claims(mine)["sub"]}
    for name in (firm.name, claims["sub"]):
        assert tokens.claims((await tokens.acting(firm.chief, name))["access_token"])["sub"] == claims["sub"]
    for_housing = await tokens.exchange(token, audience="housing", **assertion("gateway"))
    inner = tokens.claims(for_housing.json()["access_token"])
    assert inner["sub"].startswith("housing.1.org-")
    assert (inner["kind"], inner["act"], inner["aud"]) == ("representative", {"sub": "gateway"}, ["housing"])
    assert inner["exp"] <= claims["exp"] + 1 <= tokens.claims(mine)["exp"] + 2, "never longer than what it is given for"


async def test_who_does_not_represent_is_refused_in_one_form(
    firm: Firm, town: Any, register: Any, tokens: Tokens, assertion: Any
) -> None:
    stranger, agent = await town.stranger(name="路人"), await town.stranger(name="会计")
    path = f"{firm.path}/representations"
    term = {"since": str(TODAY - timedelta(days=9)), "until": str(TODAY)}
    over = await town.stranger(name="前任")
    await register.done(path, {"person": over["person"], "capacity": "agent", **term})
    reading = await register.done(path, {"person": agent["person"], "capacity": "agent", "powers": ["read"]})
    read_only = (await tokens.acting(agent, firm.uscc))["access_token"]
    refused = await tokens.exchange(read_only, audience="housing", **assertion("gateway"))
    assert refused.json()["error"] == "invalid_grant", "who may only read gives no commands"
    await register.done(f"/v1/representations/{reading['urn']}/end", {"reason": "离职"})

    answers = [
        (await tokens.exchange(await tokens.citizen(person), organisation=named)).json()
        for person, named in (
            (stranger, firm.uscc),
            (agent, firm.uscc),
            (over, firm.uscc),
            (firm.chief, code()),
            (firm.chief, "nonsense"),
            (firm.chief, "gateway.1.org-" + "a" * 22),
            (firm.chief, "housing.1.org-" + "a" * 22),
        )
    ]
    assert {str(answer) for answer in answers} == {str(answers[0])} and answers[0]["error"] == "invalid_target"

    token = (await tokens.acting(firm.chief, firm.uscc))["access_token"]
    assert (await tokens.exchange(token, organisation=firm.uscc)).json()["error"] == "invalid_grant", "no chain"
    theirs = await tokens.exchange(await tokens.citizen(firm.chief), organisation=firm.uscc, client_id="housing")
    assert theirs.json()["error"] == "unauthorized_client"
    wrong = await tokens.exchange(await tokens.citizen(firm.chief), organisation=firm.uscc, audience="housing")
    assert wrong.json()["error"] == "invalid_target"
    await register.done(f"{firm.path}/dissolution", {"dissolved_on": str(TODAY), "reason": "注销"}, version=1)
    after = await tokens.exchange(token, audience="housing", **assertion("gateway"))
    assert after.json()["error"] == "invalid_grant", "a token that is still good acts no more"
    assert (await tokens.exchange(await tokens.citizen(firm.chief), organisation=firm.uscc)).json() == answers[0]


async def test_a_person_who_represents_is_merged_and_goes_on_representing(
    firm: Firm, town: Any, register: Any, officer: Any, tokens: Tokens
) -> None:
    double = await town.stranger(name="董事长二")
    await register.done(f"{firm.path}/representations", {"person": double["person"], "capacity": "agent"})
    asked = {
        "survivor": double["person"],
        "losing": firm.chief["person"],
        "grounds": "重复登记",
        "evidence": [{"kind": "inquiry-report", "reference": "R-2"}],
    }
    old = await tokens.citizen(firm.chief)
    proposed = await officer("o-1").done("/v1/person-merges", asked)
    await officer("o-2").done(f"/v1/link-decisions/{proposed['id']}/confirmation")
    held = (await register.read(firm.path))["representations"]
    assert [(r["person"], r["body"]["capacity"]) for r in held] == [(double["person"], "legal-representative")]
    claims = tokens.claims((await tokens.exchange(old, organisation=firm.uscc)).json()["access_token"])
    assert claims["act"] == {"sub": tokens.claims(await tokens.citizen(double))["sub"]}, "an old token still names them"
