"""A file of passwords that are made once: readable by the owner only."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def known_or_made(file: Path, names: Iterable[str]) -> dict[str, str]:
    """What `file` says, with a password more for each of `names` that it lacks. No quotes or separators in them."""
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = [name for name in names if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(24) for name in missing}
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            json.dump(known, out, indent=1)
    return known
