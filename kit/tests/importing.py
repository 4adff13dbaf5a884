"""An importing department on a real database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onewindow_kit.imports import Import, Parsed
from pydantic import BaseModel, Field

from .conftest import Department

LABELS = {
    "number": ["公民身份号码", "identification number"],
    "name": ["姓名"],
    "shares": ["共有份额", "share"],
}


class Owner(BaseModel):
    number: str = Field(pattern=r"^\d{4}$")
    name: str
    shares: int | None = None


class Registry:
    """An importing department: each row becomes a record whose URN remembers the number."""

    def __init__(self, department: Department, folder: Path) -> None:
        self.department = department
        self.folder = folder
        self.before: Callable[[list[Parsed]], Any] = lambda rows: None

    async def store(self, session: Any, rows: list[Parsed]) -> Any:
        outcome = self.before(rows)
        records = [self.department.record(**row.model.model_dump()) for row in rows]
        await self.department.records.publish(session, *records)
        return outcome

    def importing(self, **more: Any) -> Import:
        return Import(
            **{
                "target": "housing.owner",
                "labels": LABELS,
                "parse": Owner.model_validate,
                "store": self.store,
                "sessions": self.department.sessions,
                "rejects_folder": self.folder / "imports",
                "batch": 3,
            }
            | more
        )

    async def stored(self) -> list[tuple[str, str, int | None]]:
        rows = await self.department.fetch("select urn, version, data, key_id, topic from record")
        opened = [self.department.records.sealer.open(r.topic, r.key_id, r.urn, r.version, r.data) for r in rows]
        bodies = [json.loads(one)["body"] for one in opened]
        return sorted((body["number"], body["name"], body["shares"]) for body in bodies)


def written(folder: Path, content: str | bytes, name: str = "owners.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rejects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()[1:]]
