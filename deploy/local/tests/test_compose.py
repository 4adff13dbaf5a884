"""The compose file says what the code reads: settings that exist, packages that exist, and nothing without a limit."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from gateway.settings import GatewaySettings
from onewindow_kit.settings import ServiceSettings

DEPLOY = Path(__file__).resolve().parents[2]
CHECKOUT = DEPLOY.parent
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
# Read by one department alone: identity's issuer, and whom transport asks.
OWN = {"identity": {"clients", "dev_issuer"}, "transport": {"housing_url"}}
PROCESSES = {name: service for name, service in COMPOSE["services"].items() if "build" in service and name != "prepare"}


@pytest.mark.parametrize("name", PROCESSES)
def test_every_variable_is_a_setting(name: str) -> None:
    package = PROCESSES[name]["build"]["args"]["PACKAGE"]
    known = set((GatewaySettings if package == "gateway" else ServiceSettings).model_fields)
    known |= OWN.get(package, set())
    given = {variable.removeprefix("ONEWINDOW_").lower() for variable in PROCESSES[name]["environment"]}
    assert given <= known


@pytest.mark.parametrize("name", PROCESSES)
def test_every_image_is_built_from_a_package_that_is_there(name: str) -> None:
    arguments = PROCESSES[name]["build"]["args"]
    assert (CHECKOUT / arguments["SOURCE"] / "src" / arguments["PACKAGE"]).is_dir()


def test_no_operators_port_is_published() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published
    assert all(port.endswith(":8700") for port in published)


def test_the_containers_lock_pins_what_the_main_lock_pins() -> None:
    def pins(file: Path) -> set[str]:
        return {line.split(" ")[0] for line in file.read_text().splitlines() if "==" in line and line[0].isalnum()}

    small = pins(DEPLOY / "services.lock")
    assert len(small) > 20
    assert small <= pins(CHECKOUT / "requirements.lock")


def test_compose_itself_accepts_the_file() -> None:
    command = _compose()
    if command is None:
        pytest.skip("neither `docker compose` nor `docker-compose` is installed here")
    files = ["--env-file", str(DEPLOY / "example.env"), "-f", str(DEPLOY / "compose.yaml")]
    answer = subprocess.run([*command, *files, "config", "--quiet"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr


def _compose() -> list[str] | None:
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None
