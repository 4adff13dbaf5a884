"""The departments' own imports, as processes of their own that are ready beforehand, with their progress passed on."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from onewindow_local.engines import children
from onewindow_local.environment import Addresses, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.events import Report
from onewindow_local.instance import Instance
from onewindow_local.nursery import Nursery, Offspring

LOOK_EVERY = 0.05
_STATED = re.compile(r"([\d,]+) (?:rows )?stored.*?([\d,]+) rows/s")


class Import:
    """A department's files, one after another: `async with Import(…) as it: … await it.run(rows)`.

    The process starts at once and loads its code; `run` lets it begin. `files` are record types (None: the file says
    it) and paths; a file may be written as late as before `run`. `name` tells two imports of one department apart.
    """

    def __init__(
        self,
        instance: Instance,
        addresses: Addresses,
        department: str,
        files: Sequence[tuple[str | None, Path]],
        report: Report,
        nursery: Nursery,
        *,
        name: str = "",
    ) -> None:
        self._nursery = nursery
        self._instance, self._addresses, self._report = instance, addresses, report
        self._department, self._files = department, files
        self._name = name or department
        self._go = instance.people_file.parent / f"go-{self._name}"
        self._log = instance.log(f"import-{self._name}")
        self._child: Offspring | None = None

    async def __aenter__(self) -> Self:
        self._go.unlink(missing_ok=True)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        words = [word for record_type, path in self._files for word in (record_type or "-", str(path))]
        with self._log.open("wb") as out:
            environment = service_environment(self._instance, self._addresses, self._department)
            arguments = [str(self._go), self._department, *words]
            self._child = self._nursery.fork(
                "onewindow_local.sample.child",
                arguments,
                log=out,
                environment=environment,
                folder=self._instance.folder,
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            await children.finish(self._child, 10)
        self._go.unlink(missing_ok=True)

    async def run(self, rows: int) -> None:
        """Import the files, which have `rows` in all; LocalError when one is not taken whole."""
        assert self._child is not None
        self._go.touch(mode=0o600)
        told: dict[str, object] = {}
        while self._child.poll() is None:
            await asyncio.sleep(LOOK_EVERY)
            if stated := _STATED.findall(self._said()):
                stored, rate = (int(text.replace(",", "")) for text in stated[-1])
                told = self._tell({"done": min(stored, rows), "total": rows, "rate": rate}, told)
        if self._child.returncode != 0:
            said = " / ".join(self._said().strip().splitlines()[-3:]) or f"status {self._child.returncode}"
            raise LocalError(
                f"The sample of {self._department} was not taken whole: {said}",
                f"{self._log} tells more; ./onewindow down --purge and up begin anew.",
            )
        self._tell({"done": rows, "total": rows}, told)

    def _tell(self, news: dict[str, object], told: dict[str, object]) -> dict[str, object]:
        if news != told:
            self._report({"progress": f"{self._name} import"} | news)
        return news

    def _said(self) -> str:
        return self._log.read_text(errors="replace")
