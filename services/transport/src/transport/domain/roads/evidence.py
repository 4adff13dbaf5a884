"""What a picture file says of itself, read from its bytes alone: its type, its size in pixels, and where it ends.

Nothing is decoded here, so that a file which would unpack to gigabytes is refused by what its header says. A name or a
claimed type proves nothing; bytes behind the picture's end are how one file pretends to be two.
Sources: ISO 10918-1 (JPEG markers), PNG (W3C) chunks, WebP container (RFC 9649).
"""

from __future__ import annotations

from dataclasses import dataclass

from transport.domain.roads.evidence_problems import (
    EvidenceDamaged,
    EvidenceDimensions,
    EvidenceEmpty,
    EvidenceIsFilm,
    EvidenceMoreThanPicture,
    EvidenceNotAsClaimed,
    EvidenceTooLarge,
    EvidenceTypeUnknown,
)

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FILM_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"qt  ",
    b"3gp4",
    b"3gp5",
)
_BARE_MARKERS = {0x01, *range(0xD0, 0xD8)}  # not a rule: JPEG markers without a length
_START_OF_FRAME = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # not a rule: JPEG markers that carry the size
_SCAN, _END = 0xDA, 0xD9  # not a rule: JPEG markers
_MOST_SCANS = 32  # not a rule: what a decoder may be asked to do
"""Cameras write one, progressive encoders ten or so; each costs a pass over all pixels, and can be nearly empty."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Dated parameters: bytes of a file, pixels of its longest side and in all."""

    most_bytes: int
    most_side: int
    most_pixels: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What the header says."""

    media_type: str
    width: int
    height: int


def examine(data: bytes, claimed: str, limits: Limits) -> Outline:
    """The outline of an acceptable picture that is of the ``claimed`` type; one of the refusals otherwise."""
    if not data:
        raise EvidenceEmpty
    if len(data) > limits.most_bytes:
        raise EvidenceTooLarge
    media_type = sniff(data)
    if media_type is None:
        raise EvidenceTypeUnknown
    if media_type != claimed:
        raise EvidenceNotAsClaimed(f"The content is {media_type}")
    try:
        width, height, end = {JPEG: _jpeg, PNG: _png, WEBP: _webp}[media_type](data)
    except IndexError:
        raise EvidenceDamaged from None  # the file ends where its structure does not
    if not (width > 0 and height > 0):
        raise EvidenceDamaged
    if max(width, height) > limits.most_side or width * height > limits.most_pixels:
        raise EvidenceDimensions(f"{width} x {height} pixels")
    if end > len(data):
        raise EvidenceDamaged
    if end < len(data):
        raise EvidenceMoreThanPicture
    return Outline(media_type, width, height)


def sniff(data: bytes) -> str | None:
    """The media type by content; None for none that is accepted; EvidenceIsFilm for a film."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(_PNG_SIGNATURE):
        return PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    mp4 = data[4:8] == b"ftyp" and data[8:12] in _FILM_BRANDS
    avi = data.startswith(b"RIFF") and data[8:12] == b"AVI "
    if mp4 or avi or data.startswith((b"\x1a\x45\xdf\xa3", b"\x00\x00\x01\xba", b"FLV\x01")):
        raise EvidenceIsFilm
    return None


def _number(data: bytes, at: int, size: int, order: str) -> int:
    part = data[at : at + size]
    if len(part) < size:
        raise IndexError
    return int.from_bytes(part, order)  # type: ignore[arg-type]  # one of the two words that int knows


def _jpeg(data: bytes) -> tuple[int, int, int]:
    width = height = scans = 0
    at = 2
    while True:
        if data[at] != 0xFF:  # not a rule: every marker begins so
            raise EvidenceDamaged
        marker = data[at + 1]
        at += 2
        if marker == 0xFF:  # not a rule: a fill byte
            at -= 1
        elif marker == _END:
            return width, height, at
        elif marker in _BARE_MARKERS:
            continue
        else:
            if marker in _START_OF_FRAME:
                height, width = _number(data, at + 3, 2, "big"), _number(data, at + 5, 2, "big")  # not a rule: offsets
            at += _number(data, at, 2, "big")
            if marker == _SCAN:
                scans += 1
                if scans > _MOST_SCANS:
                    raise EvidenceDamaged("more scans than a picture has")
                at = _after_scan(data, at)


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker begins behind compressed data: FF 00 is data, FF D0 to D7 restarts it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if data[at + 1] != 0 and data[at + 1] not in _BARE_MARKERS:
            return at
        at += 2


def _png(data: bytes) -> tuple[int, int, int]:
    width, height = _number(data, 16, 4, "big"), _number(data, 20, 4, "big")  # not a rule: IHDR comes first
    at = len(_PNG_SIGNATURE)
    while True:
        length, name = _number(data, at, 4, "big"), data[at + 4 : at + 8]  # not a rule: length and name of a chunk
        if name == b"acTL":
            raise EvidenceIsFilm
        at += 12 + length  # not a rule: length, name and checksum around the chunk's data
        if at > len(data):
            raise IndexError
        if name == b"IEND":
            return width, height, at


def _webp(data: bytes) -> tuple[int, int, int]:
    size = _number(data, 4, 4, "little")  # not a rule: offset of the container's size
    end = 8 + size + size % 2  # not a rule: the container's own header
    kind = data[12:16]
    if kind == b"VP8X":
        if data[20] & 0x02:
            raise EvidenceIsFilm
        return 1 + _number(data, 24, 3, "little"), 1 + _number(data, 27, 3, "little"), end  # not a rule: the canvas
    if kind == b"VP8L":
        bits = _number(data, 21, 4, "little")  # not a rule: offset of the size
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), end  # not a rule: fourteen bits each
    if kind == b"VP8 ":
        wide, high = _number(data, 26, 2, "little"), _number(data, 28, 2, "little")  # not a rule: offsets
        return wide & 0x3FFF, high & 0x3FFF, end  # not a rule: fourteen bits each
    raise EvidenceDamaged
