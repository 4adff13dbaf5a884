"""What officers of an office send: looks for a purpose of this bench alone, each with a proof of its own (RFC 9449)."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import orjson
import yaml
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from onewindow_kit.auth.claims import LOOK
from onewindow_kit.dpop.keys import encoded, thumbprint
from onewindow_local.instance import CHECKOUT, Instance

from tests.bench import rig
from tests.bench.load import post

OFFICE, SECTOR, PURPOSE = "title-registry", "housing", "title-registry.bench"
CASE = "BDC2026-000117"
PATH = "/v1/views"
FIELDS = {
    "identity.person": ["name", "standing"],
    "housing.title": ["you", "address", "area_m2", "use", "ownership"],
    "transport.vehicle": ["kind", "use", "state", "first_registered_on"],
}
MASKED = ("name", "address")
_serial = itertools.count()


def contracts(folder: Path) -> Path:
    """Contracts with one purpose: as the office's own for transfers, of more fields, with budgets that no bench reaches."""
    source = CHECKOUT / "contracts" / "purposes" / f"{OFFICE}.transfer.yaml"
    purpose = yaml.safe_load(source.read_text())
    purpose["id"] = PURPOSE
    purpose["records"] = [
        {"topic": f"{name}.v1", "fields": fields, "clear": [each for each in fields if each not in MASKED]}
        for name, fields in FIELDS.items()
    ]
    purpose["budgets"] = [
        {"of": of, "per": per, "citizens": 10_000_000} for of in ("actor", "organisation") for per in ("hour", "day")
    ]
    (folder / "purposes").mkdir(parents=True)
    (folder / "purposes" / f"{PURPOSE}.yaml").write_text(yaml.safe_dump(purpose, allow_unicode=True))
    return folder


class Officer:
    """Somebody of the office with a key and a token bound to it."""

    def __init__(self, made: Instance, name: str) -> None:
        self._key = generate_private_key(SECP256R1())
        numbers = self._key.public_key().public_numbers()
        jwk = {"kty": "EC", "crv": "P-256"}
        jwk |= {"x": encoded(numbers.x.to_bytes(32)), "y": encoded(numbers.y.to_bytes(32))}
        self._head = encoded(orjson.dumps({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk}))
        authority = f"demo.{OFFICE}"
        self._token = rig.signed(
            made,
            authority,
            "agency",
            authority,
            sector=SECTOR,
            authority=authority,
            act={"sub": name},
            cnf={"jkt": thumbprint(jwk)},
            authorization_details=[{"type": LOOK, "purpose": PURPOSE, "case": CASE}],
        )
        self._hash = encoded(sha256(self._token.encode()).digest())
        self._url = made.url("gateway")

    def look(self, pseudonym: str) -> bytes:
        """One request; good once, for a minute."""
        claims = {
            "jti": f"bench-{next(_serial):08}",
            "htm": "POST",
            "htu": self._url + PATH,
            "iat": int(time.time()),
            "ath": self._hash,
        }
        signing = f"{self._head}.{encoded(orjson.dumps(claims))}"
        r, s = decode_dss_signature(self._key.sign(signing.encode(), ECDSA(SHA256())))
        proof = f"{signing}.{encoded(r.to_bytes(32) + s.to_bytes(32))}"
        asked = [f"{name}.{field}" for name, fields in FIELDS.items() for field in fields]
        body = orjson.dumps({"purpose": PURPOSE, "subject": {"pseudonym": pseudonym}, "fields": asked})
        host = self._url.partition("//")[2]
        return post(PATH, body, host=host, headers=[("Authorization", f"DPoP {self._token}"), ("DPoP", proof)])


def looks(officers: Sequence[Officer], people: Sequence[str], count: int) -> list[bytes]:
    """``count`` requests, officers and people in turn."""
    pairs = zip(itertools.cycle(officers), itertools.cycle(people), strict=False)
    return [officer.look(person) for officer, person in itertools.islice(pairs, count)]
