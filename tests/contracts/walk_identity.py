"""Every operation of identity once as its contract means it: lives, registers, moves, numbers, names, logins."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from onewindow_local.tokens import CLIENT, REDIRECT

from .live import Service, Town
from .people import DIVISION, OTHER, TODAY, Person, admitted, adult, citizen_number, deceased, number_of, place, version
from .walk_identity_links import links
from .walk_identity_lives import lives, she

EVIDENCE = [{"kind": "inquiry-report", "reference": "调查2026-1"}]


def walk(town: Town) -> None:
    identity = town.service("identity")
    mother = adult(town, "例母")
    child = family(identity, mother)
    entries(town, identity, mother)
    numbers(town, identity)
    moves(town, identity)
    kinships(identity, mother, she(town, "例侣"))
    lives(town)
    links(town)
    names(town, identity, mother)
    deceased(town, adult(town, "例故"))
    identity.call("discover")
    identity.call("readKeys")
    login(town, identity, mother)
    assert identity.call("readSnapshot", record_type="person", query={"limit": 3})["items"]
    assert identity.call("republishRegistry", record_type="kinship")["republished"] >= 1
    urn = identity.call("readPerson", person=child)["urn"]
    assert identity.call("republishRecord", urn=urn)["republished"] == 1


def family(identity: Service, mother: Person) -> str:
    """A birth, a late registration, a register with another head, somebody who leaves and comes back."""
    birth = {
        "name": "例新生",
        "sex": "2",
        "birth_date": (TODAY - timedelta(days=3)).isoformat(),
        "ethnic_group": "01",
        "birth_division": DIVISION,
        "mother": mother.id,
        "household": mother.household,
        "relationship": "30",
        "certificate": "出生医学证明A1",
    }
    child = identity.call("registerBirth", birth)["person"]
    late = {"category": "other", "evidence": EVIDENCE, "name": "例无证", "sex": "1", "birth_date": "1990-05-01"}
    where = {"ethnic_group": "01", "birth_division": DIVISION, "household": mother.household, "relationship": "10"}
    spouse = identity.call("registerLate", late | where)
    assert identity.call("lookUpPerson", {"scheme": "cn-id", "number": mother.number}).body
    register = identity.call("readHousehold", household=mother.household)
    head = {"head": spouse["person"], "relationships": []}
    identity.call("changeHead", head, at=register.etag, household=mother.household)
    away = {"standing": "serving", "left_on": TODAY.isoformat(), "reason": "应征入伍"}
    gone = identity.call("registerDeparture", away, at=version(identity, mother), person=mother.id)
    back = {"household": mother.household, "relationship": "99", "reason": "退役落户"}
    identity.call("registerEntry", back, at=gone.etag, person=mother.id)
    return child


def entries(town: Town, identity: Service, person: Person) -> None:
    """A card, a change of name, corrections decided by a second officer."""
    identity.call("issueCard", {"reason": "first"}, at=version(identity, person), person=person.id)
    named = {"name": "例母亲", "reason": "本人申请"}
    identity.call("varyPerson", named, at=version(identity, person), person=person.id)
    person.name = "例母亲"
    evidence = [{"kind": "ethnic-approval", "reference": "审批1"}]
    for decision, group in (("confirmCorrection", "02"), ("refuseCorrection", "03")):
        proposal = {"field": "ethnic_group", "value": group, "evidence": evidence}
        first, second = (town.token("agency", "population-office", officer=f"officer-{n}") for n in (1, 2))
        at = version(identity, person)
        proposed = identity.call("proposeCorrection", proposal, at=at, token=first, person=person.id)
        identity.call("readCorrection", correction=proposed["id"])
        identity.call(decision, {"grounds": "材料属实"}, token=second, correction=proposed["id"])
    identity.call("reportCardLost", {}, token=person.token("identity"))


def numbers(town: Town, identity: Service) -> None:
    """A second scheme, and one number that two people claim."""
    first, second = adult(town, "例同号"), adult(town, "例异号")
    identity.call("listSchemes")
    assert identity.call("listIdentifications", person=first.id).body
    taken = {"scheme": "cn-id", "number": first.number, "reason": "原始档案所载"}
    identity.call("assignNumber", taken, at=version(identity, second), person=second.id)
    # others' walks on the same town leave conflicts too
    opened = identity.call("listNumberConflicts", query={"limit": 100})["items"]
    conflict = next(each["id"] for each in opened if first.id in str(each["claims"]))
    identity.call("readNumberConflict", conflict=conflict)
    identity.call("decideNumberConflict", {"keeps": first.id, "grounds": "登记在先"}, conflict=conflict)


def moves(town: Town, identity: Service) -> None:
    mover, asker = adult(town, "例迁"), adult(town, "例申")
    wish = {"to_division": OTHER, "reason": "work"}
    permitted = identity.call("permitMove", wish | {"person": mover.id})
    identity.call("readMove", move=permitted["urn"])
    certified = identity.call("certifyMove", {}, at=permitted.etag, move=permitted["urn"])
    identity.call("completeMove", {"opening": place(OTHER)}, at=certified.etag, move=permitted["urn"])
    asked = identity.call("requestMove", wish, token=asker.token("identity"))
    decided = {"decision": "permit", "grounds": "符合条件"}
    identity.call("decideMove", decided, at=asked.etag, move=asked["urn"])
    identity.call("withdrawMove", {}, token=asker.token("identity"), move=asked["urn"])
    identity.call("expireMoves")


def kinships(identity: Service, one: Person, other: Person) -> None:
    parties = [{"person": one.id, "role": "spouse"}, {"person": other.id, "role": "spouse"}]
    married = identity.call("registerKinship", {"kind": "marriage", "basis": "marriage", "parties": parties})
    kept = identity.call("readKinship", kinship=married["urn"])
    ended = {"ended_on": TODAY.isoformat(), "reason": "离婚登记"}
    identity.call("endKinship", ended, at=kept.etag, kinship=married["urn"])


def names(town: Town, identity: Service, person: Person) -> None:
    """What other departments ask: pseudonyms, introductions, residence, real names."""
    known = {"scheme": "cn-id", "number": person.number, "name": person.name}
    assert identity.call("checkRealName", known, token=town.token("agency", "title-registry")).body
    assert identity.call("findPseudonyms", {"scheme": "cn-id", "numbers": [person.number, citizen_number(TODAY)]})[
        "pseudonyms"
    ]
    as_housing = person.in_sector("title-registry")
    registry = town.token("agency", "title-registry")
    identity.call("introduce", {"pseudonym": as_housing, "receiver": "transport"}, token=registry)
    in_transport = person.in_sector("vehicle-administration")
    assert identity.call("findResidence", {"pseudonym": in_transport}).body


def login(town: Town, identity: Service, person: Person) -> None:
    """The page, the choice on it, the code for a token."""
    verifier = secrets.token_urlsafe(48)
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query: dict[str, Any] = {
        "client_id": CLIENT,
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": "openid",
        "state": "s-1",
        "code_challenge": digest,
        "code_challenge_method": "S256",
    }
    ref = town._sample(person.number, person.name)
    identity.call("showLogin", query=query)
    chosen = identity.call("authorize", {"ref": ref}, query=query, form=True)
    code = parse_qs(urlsplit(chosen.headers["location"][0]).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "client_id": CLIENT, "redirect_uri": REDIRECT}
    assert identity.call("issueToken", form | {"code_verifier": verifier}, form=True)["access_token"]


def newcomer(town: Town) -> str:
    """The number of somebody who is known but in no register here."""
    return number_of(admitted(town, "例外地").body)
