"""A running instance as its user meets it: started, looked at, restarted, killed and started again."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
from typing import Any

import psutil
from onewindow_kit.testing import eventually
from onewindow_local.testing import Commands


def processes(ow: Commands) -> dict[str, int]:
    """Name -> pid of what the supervisor says is running."""
    return {name: entry["pid"] for name, entry in ow.instance.state()["processes"].items()}


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def claims(token: str) -> dict[str, Any]:
    middle = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


def test_up_again_is_harmless_and_shows_the_addresses(ow: Commands) -> None:
    before = processes(ow)
    answer = ow("up", "--detach")
    assert answer.returncode == 0
    assert "runs already" in answer.stderr
    assert ow.instance.url("gateway") in answer.stdout
    assert processes(ow) == before


async def test_status_is_healthy_and_names_every_stream(ow: Commands) -> None:
    await eventually(lambda: ow("status").returncode == 0, within=30, every=0.5)
    health = json.loads(ow("status", "--json").stdout)
    assert health["healthy"] is True
    assert {process["name"] for process in health["processes"] if process["ready"]} == {
        *("postgres", "kafka", "identity", "housing", "transport", "oversight"),
        *("gateway", "projector", "recorder", "witness"),
    }
    assert {"identity.person.v1", "housing.title.v1", "transport.vehicle.v1"} <= {s["topic"] for s in health["streams"]}
    for department in health["departments"]:
        assert department["outbox_depth"] == 0
        assert department["dead_letters"] == 0
        assert department["as_of_age_seconds"] < 10
    assert health["disk_used"] > 0
    assert all(process["memory"] for process in health["processes"])


async def test_a_service_that_falls_is_brought_back(ow: Commands) -> None:
    fallen = processes(ow)["housing"]
    os.kill(fallen, signal.SIGKILL)
    await eventually(lambda: processes(ow).get("housing", fallen) != fallen, within=60, every=0.1)
    await eventually(lambda: ow("status").returncode == 0, within=60, every=0.5)


async def test_restart_waits_until_the_service_is_back(ow: Commands) -> None:
    before = processes(ow)
    for service in ("transport", "kafka", "postgres"):
        answer = ow("restart", service)
        assert answer.returncode == 0, answer.stderr
        assert processes(ow)[service] != before[service]
    await eventually(lambda: ow("status").returncode == 0, within=60, every=0.5)


def test_logs_show_one_process_or_all(ow: Commands) -> None:
    one = ow("logs", "gateway", "-n", "2")
    assert one.returncode == 0
    assert 1 <= len(one.stdout.splitlines()) <= 2
    everything = ow("logs")
    assert {"supervisor", "identity", "housing", "kafka"} <= {
        line.split()[0] for line in everything.stdout.splitlines()
    }


def test_a_process_that_does_not_exist_is_answered_with_those_that_do(ow: Commands) -> None:
    for command in (("logs", "nothing"), ("restart", "nothing")):
        answer = ow(*command)
        assert answer.returncode == 1
        assert "projector" in answer.stderr


def test_tokens_come_from_the_issuer(ow: Commands) -> None:
    operator = claims(ow("token", "--operator").stdout.strip())
    assert operator["kind"] == "operator"
    agency = claims(ow("token", "--agency", "social-aid", "--purpose", "social-aid.means-test").stdout.strip())
    [look] = agency["authorization_details"]
    assert (agency["sub"], look["purpose"]) == ("demo.social-aid", "social-aid.means-test")
    assert agency["cnf"]["jkt"], "an office's token is bound to its key"
    assert agency["iss"] == ow.instance.url("identity")


def test_what_is_wrong_with_a_token_request_is_said_with_the_remedy(ow: Commands) -> None:
    for arguments, said in {
        (): "exactly one",
        ("--operator", "--citizen", "x"): "exactly one",
        ("--agency", "social-aid"): "--purpose",
        ("--agency", "social-aid", "--purpose", "nonsense"): "social-aid.means-test",
        ("--agency", "nobody", "--purpose", "social-aid.means-test"): "nobody",
        ("--citizen", "nobody"): "nobody",
    }.items():
        answer = ow("token", *arguments)
        assert answer.returncode == 1
        assert said in answer.stderr
        assert answer.stdout == ""


def test_no_dead_letters_is_said(ow: Commands) -> None:
    assert json.loads(ow("ops", "dlq", "list", "--json").stdout) == []
    assert ow("ops", "dlq", "show", "housing.title.v1-0-0").returncode == 1


def test_a_database_is_open_to_its_own_department_only(ow: Commands) -> None:
    known = json.loads((ow.instance.keys / "databases.json").read_text())
    psql = [sys.executable, "-c", "import asyncio, asyncpg, sys; asyncio.run(asyncpg.connect(sys.argv[1]))"]
    address = f"postgresql://demo_housing:{known['housing']}@127.0.0.1:{ow.instance.postgres_port}"
    assert subprocess.run([*psql, f"{address}/demo_housing"], capture_output=True).returncode == 0
    refused = subprocess.run([*psql, f"{address}/demo_identity"], capture_output=True, text=True)
    assert "permission denied" in refused.stderr


def test_secrets_are_readable_by_the_owner_only(ow: Commands) -> None:
    secret = [*ow.instance.keys.iterdir(), ow.folder / "postgres" / "password", ow.folder / "engines.json"]
    assert [file for file in secret if file.stat().st_mode & 0o077] == []
    assert ow.folder.stat().st_mode & 0o077 == 0


async def test_two_instances_side_by_side_share_nothing_and_kill_9_leaves_nothing(
    ow: Commands, spare: Commands
) -> None:
    spare.up("--people", "0")
    mine, theirs = processes(ow), processes(spare)
    assert not set(mine.values()) & set(theirs.values())
    for holder in ("identity", "gateway"):
        keys = [json.loads((each.instance.keys / f"{holder}.json").read_text()) for each in (ow, spare)]
        assert keys[0]["client"] != keys[1]["client"]
    os.kill(int((spare.folder / "lock").read_text()), signal.SIGKILL)
    await eventually(lambda: not any(alive(pid) for pid in theirs.values()), within=20, every=0.1)
    assert spare("status").returncode == 1
    assert processes(ow) == mine
    spare.up("--people", "0")
    await eventually(lambda: spare("status").returncode == 0, within=60, every=0.5)
    assert spare("down").returncode == 0
    assert processes(ow) == mine


def test_a_taken_port_is_named_and_nothing_stays_running(spare: Commands) -> None:
    with socket.create_server(("127.0.0.1", spare.instance.kafka_port)):
        answer = spare("up", "--detach", "--port", str(spare.port), "--people", "0")
    assert answer.returncode == 1
    assert f"Port {spare.instance.kafka_port}" in answer.stderr
    assert "--port" in answer.stderr
    assert not spare.instance.running()
    assert processes(spare) == {}


def test_a_folder_that_holds_other_things_is_left_alone(spare: Commands) -> None:
    spare.folder.mkdir()
    (spare.folder / "letter.txt").write_text("dear")
    answer = spare("up", "--detach", "--port", str(spare.port))
    assert answer.returncode == 1
    assert "letter.txt" in answer.stderr
    assert [entry.name for entry in spare.folder.iterdir()] == ["letter.txt"]


async def test_ctrl_c_stops_everything(spare: Commands) -> None:
    foreground = start_in_foreground(spare)
    try:
        await eventually(
            lambda: foreground.poll() is not None or spare.instance.state().get("phase") == "ready",
            within=120,
            every=0.2,
        )
        assert foreground.returncode is None
        running = processes(spare)
        foreground.send_signal(signal.SIGINT)
        await eventually(lambda: foreground.poll() is not None, within=60, every=0.1)
    finally:
        foreground.kill()
    assert foreground.returncode == 0
    assert len(running) == 10
    assert not any(alive(pid) for pid in running.values())


def start_in_foreground(ow: Commands) -> subprocess.Popen[bytes]:
    options = ["up", "--people", "0", "--port", str(ow.port), "--data", str(ow.folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "onewindow_local", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


async def test_services_are_brought_back_when_the_process_that_started_them_is_killed(ow: Commands) -> None:
    before = processes(ow)
    nursery = psutil.Process(before["housing"]).ppid()
    assert nursery != int((ow.folder / "lock").read_text())
    os.kill(nursery, signal.SIGKILL)
    services = ("identity", "housing", "transport", "gateway", "projector")
    await eventually(lambda: all(processes(ow).get(s, before[s]) != before[s] for s in services), within=90, every=0.2)
    await eventually(lambda: ow("status").returncode == 0, within=60, every=0.5)
    assert processes(ow)["kafka"] == before["kafka"]
