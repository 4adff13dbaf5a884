"""Making a report: the gateway's process reads the record with the gateway's keys, the operator's key signs what it wrote."""

import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from onewindow_local.environment import addresses, module_command, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.incident import signing
from onewindow_local.instance import Instance

UNKNOWN = 4


@dataclass(frozen=True)
class Report:
    """``file`` with its signature in ``file.jws`` beside it; ``statement`` is the draft for the public."""

    file: Path
    content: dict[str, Any]

    @property
    def signature(self) -> Path:
        return self.file.with_name(self.file.name + ".jws")

    @property
    def statement(self) -> Path:
        return self.file.with_suffix(".md")


def make(instance: Instance, credential: str, since: datetime, until: datetime, folder: Path) -> Report:
    """Read, signed and stored in ``folder`` (0700); LocalError when nobody used the credential, or the record can't be read."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f".{datetime.now():%Y%m%d%H%M%S%f}.json"
    told = ["--credential", credential, "--since", since.isoformat(), "--until", until.isoformat(), "--out", str(fresh)]
    done = gateway(instance, "find", *told)
    if done.returncode == UNKNOWN:
        raise LocalError(
            f"Nobody used the credential {credential!r}.",
            "It is a client id, an officer (or CLIENT/OFFICER), a token's id (jti) or a key's thumbprint (jkt), exactly.",
        )
    if done.returncode:
        raise LocalError(
            "The record could not be read.", (done.stderr.strip() or "./onewindow status").splitlines()[-1]
        )
    raw = fresh.read_bytes()
    content = orjson.loads(raw)
    report = Report(folder / f"{content['id']}.json", content)
    fresh.replace(report.file)
    fresh.with_suffix(".md").replace(report.statement)
    report.signature.write_text(signing.sign(instance.keys, raw) + "\n")
    return report


def genuine(file: Path, public: Path) -> Report:
    """A report whose signature holds; LocalError otherwise."""
    try:
        raw = file.read_bytes()
        signing.check(public, raw, file.with_name(file.name + ".jws").read_text())
        return Report(file, orjson.loads(raw))
    except FileNotFoundError as error:
        raise LocalError(f"{error.filename} is missing.", "A report is checked with FILE.jws beside it.") from error
    except signing.NotGenuine as error:
        raise LocalError(f"{file.name} is not genuine: {error}.", "Nothing in it may be relied on.") from error


def gateway(instance: Instance, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``python -m gateway incident …`` with the gateway's own settings and keys."""
    command = module_command("gateway", "incident", *arguments)
    told = service_environment(instance, addresses(instance), "gateway")
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)
