"""Proofs of possession: the examples of RFC 9449, and everything by which a proof may not fit its request."""

import base64
import contextlib
import json
import time
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from onewindow_kit.dpop import Proofs, Prover, Seen, proof
from onewindow_kit.dpop.keys import thumbprint
from onewindow_kit.node import Node
from onewindow_kit.problems import ProofInvalid, ProofReplayed

HEAD = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQy"
    "VVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
)
AT_THE_ISSUER = (  # RFC 9449, figure 2
    f"{HEAD}.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwi"
    "aWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
)
AT_A_RESOURCE = (  # RFC 9449, figure 13
    f"{HEAD}.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0"
    "ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP"
    "35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA"
)
JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
URL = "https://window.example.org/v1/views"


@pytest.fixture
def seen(tmp_path):
    with Node(tmp_path) as node:
        yield Seen(node)


@pytest.fixture
def proofs(seen):
    return Proofs(seen)


def test_the_examples_of_the_standard_are_good_on_their_day(proofs, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1562262620)
    assert proofs.check(AT_THE_ISSUER, method="POST", url="https://server.example.com/token") == JKT
    resource = {"method": "GET", "url": "https://resource.example.org/protectedresource", "token": TOKEN}
    assert proofs.check(AT_A_RESOURCE, thumbprint=JKT, **resource) == JKT
    with pytest.raises(ProofReplayed):
        proofs.check(AT_A_RESOURCE, thumbprint=JKT, **resource)


def test_the_examples_are_too_old_today(proofs):
    with pytest.raises(ProofInvalid, match="not of now"):
        proofs.check(AT_THE_ISSUER, method="POST", url="https://server.example.com/token")


def test_the_thumbprint_is_the_standards_for_both_kinds_of_keys():
    for key in (ECKey.generate_key("P-256"), OKPKey.generate_key("Ed25519")):
        assert thumbprint(key.as_dict(private=False)) == key.thumbprint()


def signed(key, header=None, **claims):
    public = key.as_dict(private=False)
    shown = {name: public[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in public}
    said = {"jti": f"{time.time_ns():x}", "htm": "POST", "htu": URL, "iat": int(time.time())} | claims
    head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": shown} | (header or {})
    kept = {name: value for name, value in said.items() if value is not None}
    return jwt.encode(head, kept, key, algorithms=["ES256", "EdDSA", "RS256", "ES384"])


def test_ed25519_proves_too(proofs):
    key = OKPKey.generate_key("Ed25519")
    assert proofs.check(signed(key, {"alg": "EdDSA"}), method="POST", url=URL) == key.thumbprint()


@cache
def rsa():
    return RSAKey.generate_key(2048)


def misfits(key):
    now = int(time.time())
    good = signed(key)
    head, body, signature = good.split(".")
    private = key.as_dict(private=True)
    none = base64.urlsafe_b64encode(b'{"typ":"dpop+jwt","alg":"none"}').rstrip(b"=").decode()
    return {
        "nothing": "",
        "rubbish": "abc",
        "dots": "..",
        "no characters of base64": "é.é.é",
        "a list as header": f"{base64.urlsafe_b64encode(b'[]').decode()}.{body}.{signature}",
        "two, joined": f"{good},{good}",
        "far too long": good + "A" * 5000,
        "another method": signed(key, htm="GET"),
        "lower case": signed(key, htm="post"),
        "another path": signed(key, htu=URL + "/x"),
        "another host": signed(key, htu=URL.replace("window", "windoww")),
        "another scheme": signed(key, htu=URL.replace("https", "http")),
        "another port": signed(key, htu=URL.replace(".org", ".org:8443")),
        "somebody in the address": signed(key, htu=URL.replace("window.", "me@window.")),
        "no address": signed(key, htu=None),
        "too old": signed(key, iat=now - proof.AGE - 1),
        "from the future": signed(key, iat=now + proof.AHEAD + 2),
        "no moment": signed(key, iat=None),
        "a moment with fractions": signed(key, iat=now + 0.5),
        "a moment as text": signed(key, iat=str(now)),
        "no id": signed(key, jti=None),
        "a short id": signed(key, jti="1234567"),
        "an endless id": signed(key, jti="x" * 129),
        "an id with NUL": signed(key, jti="1234567\0"),
        "an access token": signed(key, {"typ": "at+jwt"}),
        "no type": signed(key, {"typ": "JWT"}),
        "a private key shown": signed(key, {"jwk": private}),
        "no key": signed(key, {"jwk": {}}),
        "a key of another curve": signed(ECKey.generate_key("P-384"), {"alg": "ES384"}),
        "RSA": signed(rsa(), {"alg": "RS256"}),
        "alg none": f"{none}.{body}.",
        "something critical": signed(key, {"crit": ["b64"], "b64": True}),
        "no signature": f"{head}.{body}.",
        "half a signature": f"{head}.{body}.{signature[:43]}",
        "another's signature": f"{head}.{body}.{signed(ECKey.generate_key('P-256')).split('.')[2]}",
        "another key shown": signed(key, {"jwk": ECKey.generate_key("P-256").as_dict(private=False)}),
    }


KEY = ECKey.generate_key("P-256")


@pytest.mark.parametrize("kind", misfits(KEY))
def test_a_proof_that_does_not_fit_is_refused(proofs, kind):
    with pytest.raises(ProofInvalid):
        proofs.check(misfits(KEY)[kind], method="POST", url=URL)


def test_a_proof_is_for_one_token_and_its_key(proofs):
    mine, other = Prover(), Prover()
    request = {"method": "POST", "url": URL, "token": TOKEN, "thumbprint": mine.thumbprint}
    assert proofs.check(mine.proof("POST", URL, TOKEN), **request) == mine.thumbprint
    for wrong in (other.proof("POST", URL, TOKEN), mine.proof("POST", URL), mine.proof("POST", URL, TOKEN + "x")):
        with pytest.raises(ProofInvalid):
            proofs.check(wrong, **request)


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("HTTPS://Window.Example.ORG:443/v1/views", URL),
        (URL + "?a=1#b", URL),
        ("http://localhost", "http://localhost:80/"),
        ("http://[::1]:8700/v1/views", "http://[::1]:8700/v1/views"),
        ("http://a.test/v1/titles/urn%3Aonewindow%3ax", "http://a.test/v1/titles/urn:onewindow:x"),
    ],
)
def test_an_address_is_compared_normalised(proofs, named, asked):
    assert proofs.check(signed(KEY, htu=named), method="POST", url=asked) == KEY.thumbprint()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.integers(0, 2), place=st.integers(0, 10_000), change=st.characters(codec="ascii"))
def test_no_changed_character_goes_unnoticed(proofs, part, place, change):
    """Whatever is put in whatever place: it is refused, or it is the same proof, which was used already."""
    good = signed(KEY, jti="one-and-the-same", iat=int(time.time()))
    with contextlib.suppress(ProofReplayed):
        proofs.check(good, method="POST", url=URL)
    parts = good.split(".")
    at = place % len(parts[part])
    parts[part] = parts[part][:at] + change + parts[part][at + 1 :]
    with pytest.raises((ProofInvalid, ProofReplayed)):
        proofs.check(".".join(parts), method="POST", url=URL)


def test_a_proof_that_was_refused_is_not_used_up(proofs):
    made = signed(KEY)
    with pytest.raises(ProofInvalid):
        proofs.check(made, method="GET", url=URL)
    assert proofs.check(made, method="POST", url=URL)
    with pytest.raises(ProofReplayed):
        proofs.check(made, method="POST", url=URL)


def test_seen_proofs_are_forgotten_once_they_are_worth_nothing(tmp_path, monkeypatch):
    now = time.time()
    with Node(tmp_path) as node:
        seen = Seen(node)
        for n in range(20):
            assert seen.first("k", f"id-{n}", int(now))
        monkeypatch.setattr(time, "time", lambda: now + 200)
        for n in range(10):
            assert seen.first("k", f"later-{n}", int(now) + 200)
        with node.read() as transaction:
            assert transaction.stat(node.database("proofs"))["entries"] == 10


def test_without_the_memory_of_proofs_a_repeat_would_pass(proofs, monkeypatch):
    """The guard is what refuses: planted, a store that forgets lets the same proof in twice."""
    made = signed(KEY)
    monkeypatch.setattr(Seen, "first", lambda *_: True)
    assert proofs.check(made, method="POST", url=URL) == proofs.check(made, method="POST", url=URL)


def test_header_and_claims_are_read_strictly_as_objects(proofs):
    for body in (b"[]", b"null", b"7", b'"x"'):
        text = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
        head, _, signature = signed(KEY).split(".")
        with pytest.raises(ProofInvalid):
            proofs.check(f"{head}.{text}.{signature}", method="POST", url=URL)
    assert json.loads(base64.urlsafe_b64decode(HEAD + "=="))["typ"] == "dpop+jwt"
