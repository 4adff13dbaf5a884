"""A report that was changed, swapped or signed by somebody else is not taken for one."""

import json
from pathlib import Path

import pytest
from onewindow_local.errors import LocalError
from onewindow_local.incident import reporting, signing

CONTENT = {"format": "onewindow-incident/1", "id": "incident-1", "counts": {"citizens": 2}}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A signed report, its key in ``keys`` beside it."""
    (tmp_path / "keys").mkdir()
    file = tmp_path / "incident-1.json"
    file.write_text(json.dumps(CONTENT))
    file.with_name(file.name + ".jws").write_text(signing.sign(tmp_path / "keys", file.read_bytes()))
    return file


def public(report: Path) -> Path:
    return report.parent / "keys" / signing.PUBLIC


def test_a_genuine_report_is_read(report: Path) -> None:
    assert reporting.genuine(report, public(report)).content == CONTENT


def test_the_private_key_is_the_operators_alone_and_stays_the_same(report: Path) -> None:
    keys = report.parent / "keys"
    assert (keys / signing.PRIVATE).stat().st_mode & 0o077 == 0
    assert "d" not in json.loads(public(report).read_text())
    again = signing.sign(keys, b"another")
    signing.check(public(report), b"another", again)


def test_a_report_that_names_one_citizen_less_is_refused(report: Path) -> None:
    report.write_text(report.read_text().replace('"citizens": 2', '"citizens": 1'))
    with pytest.raises(LocalError, match="not genuine"):
        reporting.genuine(report, public(report))


def test_another_reports_signature_is_refused(report: Path) -> None:
    other = signing.sign(report.parent / "keys", b"something else")
    with pytest.raises(signing.NotGenuine):
        signing.check(public(report), report.read_bytes(), other)


def test_somebody_elses_key_is_refused(report: Path, tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    forged = signing.sign(tmp_path / "others", report.read_bytes())
    with pytest.raises(signing.NotGenuine):
        signing.check(public(report), report.read_bytes(), forged)


@pytest.mark.parametrize("signature", ["", "a.b", "..", "e30..AAAA", "a.b.c.d", "ü..ü"])
def test_what_is_no_signature_is_refused(report: Path, signature: str) -> None:
    with pytest.raises(signing.NotGenuine):
        signing.check(public(report), report.read_bytes(), signature)


def test_a_report_without_its_signature_is_not_read(report: Path) -> None:
    report.with_name(report.name + ".jws").unlink()
    with pytest.raises(LocalError, match="missing"):
        reporting.genuine(report, public(report))
