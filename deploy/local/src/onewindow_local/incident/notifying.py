"""Telling every citizen of a report, in batches, each once: a run that was broken off goes on where it ended."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import httpx

from onewindow_local.environment import addresses, module_command, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.incident.reporting import Report
from onewindow_local.instance import Instance
from onewindow_local.tokens import Issuer


def notify(instance: Instance, report: Report) -> Iterator[tuple[int, int]]:
    """Sends what is not sent yet; after each batch how many were told with it, and how many identity knows no more."""
    progress = report.file.with_suffix(".told")
    done = len(progress.read_text().splitlines()) if progress.exists() else 0
    told = service_environment(instance, addresses(instance), "gateway")
    command = module_command("gateway", "incident", "introduce", str(report.file), "--skip", str(done))
    with (
        httpx.Client(base_url=instance.url("oversight"), timeout=60, trust_env=False) as http,
        subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process,
        progress.open("a") as sent,
    ):
        assert process.stdout is not None  # piped above
        for line in process.stdout:
            batch = json.loads(line)
            if batch["addressees"]:
                _send(instance, http, report, batch)
            sent.write(f"{batch['number']}\n")
            sent.flush()
            yield len(batch["addressees"]), batch["unknown"]
    if process.returncode:
        raise LocalError(
            "Not everybody could be told: identity did not answer.", "Run the same command again; nobody is told twice."
        )


def _send(instance: Instance, http: httpx.Client, report: Report, batch: dict[str, Any]) -> None:
    # A token lives for minutes, and a large incident takes longer: one for each batch.
    token = Issuer(instance).client_credentials("operator")["access_token"]
    notice = {
        "kind": "incident",
        "text": batch["text"],
        "concerns": [],
        "reference": report.content["id"],
        "addressees": batch["addressees"],
    }
    key = f"{report.content['id']}-{batch['number']}"
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    answer = http.post("/v1/notices", json=notice, headers=headers)
    # A key used before: this batch was stored when the last run was broken off; its introductions only look different.
    if answer.status_code != 201 and not _sent_before(answer):
        raise LocalError(
            f"Oversight refused a batch (status {answer.status_code}).",
            "Mend the cause, then run the same command again.",
        )


def _sent_before(answer: httpx.Response) -> bool:
    return answer.status_code == 409 and answer.json().get("code") == "idempotency-key-reused"
