"""A picture's pixels, encoded anew: what the camera wrote beside them (place, time, owner, thumbnails) does not survive."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageOps

from transport.domain.roads.evidence import JPEG, PNG, WEBP, Limits, examine
from transport.domain.roads.evidence_problems import EvidenceDamaged, EvidenceIsFilm, EvidenceNotBase64

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_QUALITY = 92  # not a rule: the encoder's, high enough to read a plate
_PLAIN = ("L", "RGB", "RGBA")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept: clean bytes; hashes of the file as it came and as it is kept (hexadecimal SHA-256)."""

    media_type: str
    width: int
    height: int
    content: bytes
    received_sha256: str
    stored_sha256: str


def decoded(text: str) -> bytes:
    """The bytes behind base64; EvidenceNotBase64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise EvidenceNotBase64 from None


def clean(data: bytes, claimed: str, limits: Limits) -> Picture:
    """The picture without anything but its pixels, upright; one of the refusals of evidence. Takes CPU: run in a thread."""
    outline = examine(data, claimed, limits)
    kind = _FORMATS[outline.media_type]
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            if opened.size != (outline.width, outline.height):
                raise EvidenceDamaged  # the decoder reads another header than we judged the limits by
            if getattr(opened, "n_frames", 1) > 1:
                raise EvidenceIsFilm
            opened.load()
            ImageOps.exif_transpose(opened, in_place=True)
            pixels = opened if opened.mode in _PLAIN else opened.convert(_mode(opened))
            mode, size, raw = pixels.mode, pixels.size, pixels.tobytes()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise EvidenceDamaged from error
    # From the bare pixels: an image that Pillow opened carries comments and profiles into what it saves. What was
    # opened goes first: a small file can unpack to a hundred megabytes, and there would be two or three of them.
    del pixels, opened
    bare = Image.frombytes(mode, size, raw)
    del raw
    out = io.BytesIO()
    if kind == "JPEG" and bare.mode == "RGBA":
        bare = bare.convert("RGB")
    bare.save(out, kind, **({} if kind == "PNG" else {"quality": _QUALITY}))
    kept = out.getvalue()
    width, height = bare.size
    return Picture(outline.media_type, width, height, kept, sha256(data).hexdigest(), sha256(kept).hexdigest())


def _mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"
