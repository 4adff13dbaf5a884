"""A new department's folder is enough: its commands, problems and record types are there without a restart."""

from __future__ import annotations

from pathlib import Path

import yaml
from onewindow_contracts import loader
from onewindow_kit.testing import eventually

from .conftest import Start

GARDEN = {
    "openapi": "3.1.0",
    "info": {"title": "Gardens", "version": "1.0.0"},
    "paths": {
        "/v1/plots/{plot}/lease": {
            "post": {
                "operationId": "leasePlot",
                "summary": "Lease a garden plot",
                "x-access": ["citizen"],
                "x-citizen-command": True,
                "x-problems": ["plot-taken"],
                "parameters": [{"name": "plot", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"201": {"description": "Leased."}},
            }
        }
    },
    "x-problem-catalogue": {
        "plot-taken": {
            "status": 409,
            "title": {"zh": "地块已出租", "en": "The plot is taken"},
            "remedy": {"zh": "请另选地块。", "en": "Choose another plot."},
        }
    },
}


async def test_a_new_department_is_there_without_a_restart(start: Start, tmp_path: Path) -> None:
    (tmp_path / "openapi").mkdir()
    async with start(contracts=[loader.HOME, tmp_path]) as rig:
        rig.neighbours.pseudonyms[rig.citizen, "garden"] = rig.neighbours.pseudonyms[rig.citizen, "transport"]
        command = "/v1/me/commands/garden/leasePlot"
        headers = rig.as_citizen()
        assert (await rig.client.post(command, json={"path": {"plot": "7"}}, headers=headers)).status_code == 404
        (tmp_path / "openapi" / "garden.v1.yaml").write_text(yaml.safe_dump(GARDEN, allow_unicode=True))

        async def listed() -> bool:
            return (await rig.client.get("/v1/problems/plot-taken")).status_code == 200

        await eventually(listed, within=20)
        names = {each["name"] for each in (await rig.client.get("/v1/contracts")).json()["contracts"]}
        assert "garden.v1" in names
        page = await rig.client.get("/docs")
        assert "Lease a garden plot" in page.text
        # Nobody answers for it until the operator says where the department is.
        answer = await rig.client.post(command, json={"path": {"plot": "7"}}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_broken_file_changes_nothing(start: Start, tmp_path: Path) -> None:
    (tmp_path / "openapi").mkdir()
    file = tmp_path / "openapi" / "garden.v1.yaml"
    file.write_text(yaml.safe_dump(GARDEN, allow_unicode=True))
    async with start(contracts=[loader.HOME, tmp_path]) as rig:
        assert (await rig.client.get("/v1/problems/plot-taken")).status_code == 200
        file.write_text("paths: [")
        catalogue = rig.app.state.parts.catalogue
        before = catalogue.now
        catalogue.look()
        assert catalogue.now is before
        assert (await rig.client.get("/v1/contracts/garden.v1")).status_code == 200
