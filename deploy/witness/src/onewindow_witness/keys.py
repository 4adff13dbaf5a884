"""The witness's key pair, made on its own machine and never shown to the log; and keys that were handed over in files."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from onewindow_witness.keeping import keep
from onewindow_witness.note import COSIGNATURE, NoteInvalid, PublicKey

PRIVATE, PUBLIC = "witness.key", "witness.pub"


class KeyMissing(Exception):
    """A key that should have been handed over is not there, or is none."""


def make(folder: Path, name: str) -> PublicKey:
    """The pair in `folder`, made if there is none; its private file is readable by its owner alone."""
    if not (folder / PRIVATE).exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        keep(folder / PRIVATE, pem, 0o600)
    key = PublicKey.of(name, COSIGNATURE, private(folder))
    line = f"{key}\n"
    if not (folder / PUBLIC).exists() or (folder / PUBLIC).read_text() != line:
        keep(folder / PUBLIC, line.encode())
    return key


def private(folder: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key((folder / PRIVATE).read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyMissing(f"{folder / PRIVATE} is not an Ed25519 key")
    return key


def name_in(folder: Path) -> str:
    """The name under which the pair in `folder` signs."""
    return public(str(folder / PUBLIC)).name


def public(told: str) -> PublicKey:
    """A key line, or the first line of the file of that name. KeyMissing when it is neither."""
    try:
        return PublicKey.parse(told)
    except NoteInvalid:
        pass
    file = Path(told)
    try:
        return PublicKey.parse(file.read_text("utf-8").split("\n", 1)[0])
    except (OSError, UnicodeDecodeError) as error:
        raise KeyMissing(f"no key could be read from {told}: {error}") from error
    except NoteInvalid as error:
        raise KeyMissing(f"{told} holds no key line: {error}") from error
