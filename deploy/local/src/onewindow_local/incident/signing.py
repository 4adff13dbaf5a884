"""Signed reports: a detached JWS (RFC 7515, appendix F; ES256) over the report's bytes, under a key of the operator's own.

The key signs nothing else, so that nothing else can pass for a report. ``reports.pub`` beside it is for everybody who is
to check one.
"""

import base64
import json
import os
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

TYPE = "onewindow-incident+json"
PRIVATE, PUBLIC = "reports.json", "reports.pub"


class NotGenuine(ValueError):
    """The file is not what was signed, or not under this key."""


def sign(keys: Path, content: bytes) -> str:
    """The signature of ``content``, to be kept in a file beside it. The key is made when it is first needed."""
    key = _key(keys)
    protected = {"alg": "ES256", "typ": TYPE, "kid": key.kid}
    head, _, signature = jws.serialize_compact(protected, content, key).split(".")
    return f"{head}..{signature}"


def check(public: Path, content: bytes, signature: str) -> None:
    """NotGenuine unless ``signature`` is one of ``content`` under the key in the file ``public`` (a JWK)."""
    try:
        head, middle, tail = signature.strip().split(".")
        key = ECKey.import_key(json.loads(public.read_text()))
        payload = base64.urlsafe_b64encode(content).decode().rstrip("=")
        found = jws.deserialize_compact(f"{head}.{payload}.{tail}", key, algorithms=["ES256"])
    except (ValueError, JoseError) as error:
        raise NotGenuine("the signature does not fit") from error
    if middle or found.protected.get("typ") != TYPE or found.payload != content:
        raise NotGenuine("the signature is one of something else")


def _key(keys: Path) -> ECKey:
    path = keys / PRIVATE
    if not path.exists():
        key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
        fresh = path.with_name(f".{PRIVATE}.new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(key.as_dict(private=True), file)
        (keys / PUBLIC).write_text(json.dumps(key.as_dict(private=False)))
        fresh.replace(path)
    return ECKey.import_key(json.loads(path.read_text()))
