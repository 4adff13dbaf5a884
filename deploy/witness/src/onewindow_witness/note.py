"""Signed notes (C2SP signed-note): a text, an empty line, and lines of signatures by named keys."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 0x01
"""Signature over the text by a log's key."""
COSIGNATURE = 0x04
"""Timestamped signature of a witness (C2SP tlog-cosignature)."""
SIGNATURES_MOST, NOTE_MOST = 64, 64 * 1024


class NoteInvalid(Exception):
    """Text that is no signed note, or a key that is none; the text says why."""


class NotSigned(Exception):
    """No known key signed the note, or one that should have did so wrongly."""


def unbase64(text: str) -> bytes:
    """Standard base64, strictly. NoteInvalid when it is not."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteInvalid("not standard base64") from error


def name_is_fit(name: str) -> bool:
    """Key names (and origins, which are such): no spaces of any kind, no plus sign, nothing unprintable."""
    return bool(name) and name.isprintable() and not any(each.isspace() or each == "+" for each in name)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who may sign: a name, what kind of signature, the Ed25519 key (32 bytes)."""

    name: str
    kind: int
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart; not proof of anything."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        """The key as one line (a vkey), to be handed out by another way than the log itself."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.raw).decode()}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """A vkey: `<name>+<hex of the key id>+<base64 of kind and key>`. NoteInvalid when it is not one."""
        name, plus, rest = text.strip().partition("+")
        claimed, another, material = rest.partition("+")
        if not (plus and another and name_is_fit(name)):
            raise NoteInvalid("not a key line of the form name+id+key")
        raw = unbase64(material)
        if len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
            raise NoteInvalid("neither an Ed25519 key of a log nor of a witness")
        key = cls(name, raw[0], raw[1:])
        if key.id.hex() != claimed:
            raise NoteInvalid("the key line's id is not that of its key")
        return key

    @classmethod
    def of(cls, name: str, kind: int, private: Ed25519PrivateKey) -> PublicKey:
        return cls(name, kind, private.public_key().public_bytes_raw())

    def signed(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note."""

    name: str
    id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.id + self.value).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if mark != "—" or not name_is_fit(name):
            raise NoteInvalid("not a signature line")
        value = unbase64(encoded)
        if len(value) < 5:
            raise NoteInvalid("a signature line holds an id and a signature")
        return cls(name, value[:4], value[4:])


@dataclass(frozen=True, slots=True)
class Note:
    """The signed text (with its last newline) and the signatures under it, none of them verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(map(str, self.signatures))

    @classmethod
    def parse(cls, told: str | bytes) -> Note:
        """NoteInvalid for anything that is not exactly a signed note."""
        if len(told) > NOTE_MOST:
            raise NoteInvalid("the note is too long")
        try:
            whole = told.decode("utf-8") if isinstance(told, bytes) else told
        except UnicodeDecodeError as error:
            raise NoteInvalid("not UTF-8") from error
        if any(each < " " and each != "\n" for each in whole):
            raise NoteInvalid("control characters")
        head, gap, tail = whole.rpartition("\n\n")
        if not gap or not tail.endswith("\n"):
            raise NoteInvalid("text, an empty line and signatures were expected")
        lines = tail[:-1].split("\n")
        if len(lines) > SIGNATURES_MOST:
            raise NoteInvalid("too many signatures")
        return cls(head + "\n", tuple(map(Signature.parse, lines)))

    def by(self, key: PublicKey, valid: Callable[[Signature], bool]) -> Signature:
        """The signature of `key`. NotSigned when there is none, or one that is not `valid`."""
        mine = [each for each in self.signatures if (each.name, each.id) == (key.name, key.id)]
        if not mine:
            raise NotSigned(f"it is not signed by {key.name}")
        if not all(map(valid, mine)):
            raise NotSigned(f"the signature under the name of {key.name} is wrong")
        return mine[0]

    def signed_by(self, key: PublicKey) -> Signature:
        """The log's own signature over the text; NotSigned otherwise."""
        return self.by(key, lambda each: key.signed(self.text.encode(), each.value))

    def with_signatures(self, *more: Signature) -> Note:
        return Note(self.text, self.signatures + more)


def sign(text: str, name: str, private: Ed25519PrivateKey) -> Note:
    """A note with one signature: what a log does."""
    key = PublicKey.of(name, ED25519, private)
    return Note(text, (Signature(name, key.id, private.sign(text.encode())),))
