"""Picture files for tests: honest ones, and ones that lie."""

import base64
import io
import struct
import zlib
from typing import Any

from PIL import Image

PLACE = (39.9042, 116.4074)
CAMERA = "Secret Camera of Somebody"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **save: Any) -> bytes:
    """The same file each time it is asked for."""
    out, (width, height) = io.BytesIO(), size
    pixels = bytes((x * 7 + y * 13 + c * 50) % 256 for y in range(height) for x in range(width) for c in range(3))
    Image.frombytes("RGB", size, pixels).save(out, kind, **save)
    return out.getvalue()


def with_metadata(kind: str = "JPEG") -> bytes:
    """A picture that says where and by whose camera it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0110] = CAMERA
    exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (39.0, 54.0, 15.0)
    place[3], place[4] = "E", (116.0, 24.0, 26.0)
    return picture(kind, exif=exif, **({"comment": CAMERA.encode()} if kind == "JPEG" else {}))


def png_of(width: int, height: int) -> bytes:
    """A small file that would decode to ``width`` x ``height`` pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    line = b"\0" * (1 + (width + 7) // 8)
    pixels = zlib.compress(line * min(height, 2000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def film() -> bytes:
    return struct.pack(">I", 24) + b"ftypmp42" + b"\0" * 12 + b"mdat" + b"\0" * 200


def animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def file(content: bytes, media_type: str = "image/jpeg") -> dict[str, str]:
    """As a report carries it."""
    return {"media_type": media_type, "content": base64.b64encode(content).decode()}
