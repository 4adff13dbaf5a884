"""Evidence is what its bytes are: whatever a file pretends, it is decoded within limits and kept as bare pixels."""

import io
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onewindow_contracts import loader
from onewindow_kit.problems import Problem
from PIL import Image
from transport.domain.roads.evidence import Limits, examine, sniff
from transport.service.roads.pictures import clean, decoded

from .pictures import CAMERA, animation, film, picture, png_of, with_metadata

CONTRACTS = loader.load()
ON = CONTRACTS.parameters["transport.evidence-most-bytes"].values[-1].since
LIMITS = Limits(*(CONTRACTS.parameter(f"transport.evidence-most-{each}", ON) for each in ("bytes", "side", "pixels")))
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
JPEG = picture()
SMALL = {kind: picture(kind, (8, 8)) for kind in TYPES}


@pytest.mark.rule("domain-27")
@pytest.mark.parametrize("kind", TYPES)
def test_place_camera_and_comments_do_not_survive(kind: str) -> None:
    given = with_metadata(kind)
    assert CAMERA.encode() in given
    assert Image.open(io.BytesIO(given)).getexif().get_ifd(0x8825), "the test's picture says where it was taken"
    kept = clean(given, TYPES[kind], LIMITS)
    assert CAMERA.encode() not in kept.content
    again = Image.open(io.BytesIO(kept.content))
    assert not again.getexif() and "exif" not in again.info and "comment" not in again.info
    assert again.format == kind and again.size == (48, 64), "turned upright before the camera's word is forgotten"
    assert (kept.received_sha256, kept.stored_sha256) == (sha256(given).hexdigest(), sha256(kept.content).hexdigest())


@pytest.mark.rule(
    "domain-27",
    "transport.evidence-most-bytes",
    "transport.evidence-most-side",
    "transport.evidence-most-pixels",
)
@pytest.mark.parametrize(
    ("content", "claimed", "code"),
    [
        (b"", "image/jpeg", "evidence-empty"),
        (b"\xff\xd8\xff" + b"\0" * 450_000, "image/jpeg", "evidence-too-large"),
        (b"%PDF-1.7 and so on", "image/jpeg", "evidence-type-unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png", "evidence-type-unknown"),
        (b"GIF89a" + b"\0" * 40, "image/png", "evidence-type-unknown"),
        (picture("PNG"), "image/jpeg", "evidence-not-as-claimed"),
        (JPEG, "image/webp", "evidence-not-as-claimed"),
        (JPEG, "video/mp4", "evidence-not-as-claimed"),
        (film(), "image/jpeg", "evidence-is-film"),
        (film(), "video/mp4", "evidence-is-film"),
        (animation("PNG"), "image/png", "evidence-is-film"),
        (animation("WEBP"), "image/webp", "evidence-is-film"),
        (JPEG + b"PK\x03\x04 an archive", "image/jpeg", "evidence-more-than-picture"),
        (picture("PNG") + b"<script>", "image/png", "evidence-more-than-picture"),
        (picture("WEBP") + b"MZ", "image/webp", "evidence-more-than-picture"),
        (JPEG[:-2], "image/jpeg", "evidence-damaged"),
        (JPEG[: len(JPEG) // 2], "image/jpeg", "evidence-damaged"),
        (picture("PNG")[:-20], "image/png", "evidence-damaged"),
        (picture("WEBP")[:-20], "image/webp", "evidence-damaged"),
        (b"\xff\xd8\xff", "image/jpeg", "evidence-damaged"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "evidence-damaged"),
        (png_of(10_000, 10_000), "image/png", "evidence-dimensions"),
        (png_of(9000, 2), "image/png", "evidence-dimensions"),
        (png_of(5000, 5000), "image/png", "evidence-dimensions"),
        (picture("PNG").replace(b"IDATx", b"IDATy"), "image/png", "evidence-damaged"),
        (png_of(0, 5), "image/png", "evidence-damaged"),
    ],
)
def test_a_file_that_lies_is_refused_by_name(content: bytes, claimed: str, code: str) -> None:
    with pytest.raises(Problem) as refusal:
        clean(content, claimed, LIMITS)
    assert refusal.value.code == code


def test_a_header_is_judged_before_anything_is_decoded() -> None:
    huge = png_of(100_000, 100_000)
    assert len(huge) < LIMITS.most_bytes, "a small file that would be ten thousand million pixels"
    with pytest.raises(Problem) as refusal:
        examine(huge, "image/png", LIMITS)
    assert refusal.value.code == "evidence-dimensions"


def test_a_picture_of_thousands_of_scans_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(out, "JPEG", progressive=True)
    plain = out.getvalue()
    assert clean(plain, "image/jpeg", LIMITS).width == 640
    last = plain[plain.rindex(b"\xff\xda") : -2]
    many = plain[:-2] + last * 2000 + b"\xff\xd9"
    assert len(many) < LIMITS.most_bytes
    with pytest.raises(Problem) as refusal:
        examine(many, "image/jpeg", LIMITS)
    assert refusal.value.code == "evidence-damaged"


@pytest.mark.parametrize("text", ["a", "ab=c", "====", "Zm9v\nYmFy", "Zm9vé"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refusal:
        decoded(text)
    assert refusal.value.code == "evidence-not-base64"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(TYPES)), st.data())
def test_whatever_is_done_to_a_file_it_is_cleaned_or_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(SMALL[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["change", "cut", "grow", "drop"])):
            case "change":
                content[place] = data.draw(st.integers(0, 255))
            case "cut":
                del content[max(place, 1) :]
            case "grow":
                content[place:place] = data.draw(st.binary(max_size=8))
            case "drop":
                del content[place : place + 3]
        content = content or bytearray(b"\0")
    try:
        kept = clean(bytes(content), TYPES[kind], LIMITS)
    except Problem as refusal:
        assert refusal.code.startswith("evidence-")
    else:
        assert sniff(kept.content) == TYPES[kind]
        assert examine(kept.content, TYPES[kind], Limits(10**6, 10**4, 10**7))
