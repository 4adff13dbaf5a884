"""The departments' own imports, as processes of their own, with their progress passed on."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from onewindow_local.engines import children
from onewindow_local.environment import Addresses, module_command, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.events import Report
from onewindow_local.instance import Instance

LOOK_EVERY = 0.05
_STATED = re.compile(r"([\d,]+) (?:rows )?stored.*?([\d,]+) rows/s")


async def run(
    instance: Instance,
    addresses: Addresses,
    department: str,
    files: Sequence[tuple[Path, str | None, int]],
    report: Report,
) -> None:
    """Import ``files`` (path, record type, rows) one after another; LocalError at the first that is not taken whole."""
    environment = service_environment(instance, addresses, department)
    total, before = sum(rows for _, _, rows in files), 0
    for path, record_type, rows in files:
        if rows:
            await _one(instance, department, path, record_type, environment, (before, total), report)
        before += rows
        report({"progress": f"{department} import", "done": before, "total": total})


async def _one(
    instance: Instance,
    department: str,
    path: Path,
    record_type: str | None,
    environment: dict[str, str],
    place: tuple[int, int],
    report: Report,
) -> None:
    log = instance.log(f"import-{department}")
    log.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["import", str(path), *(["--type", record_type] if record_type else [])]
    with log.open("ab") as out:
        start = log.stat().st_size
        # No asyncio subprocess: a child has to be started by the main thread itself, see children.
        child = children.spawn(module_command(department, *arguments), log=out, environment=environment)
        try:
            while child.poll() is None:
                await asyncio.sleep(LOOK_EVERY)
                if stated := _STATED.findall(_since(log, start)):
                    stored, rate = (int(text.replace(",", "")) for text in stated[-1])
                    done = min(place[0] + stored, place[1])
                    report({"progress": f"{department} import", "done": done, "total": place[1], "rate": rate})
        finally:
            if child.poll() is None:
                child.terminate()
                await children.finish(child, 10)
    if child.returncode != 0:
        said = _since(log, start).strip().splitlines()[-4:]
        raise LocalError(
            f"The sample of {department} was not taken whole: {' / '.join(said) or f'status {child.returncode}'}",
            f"{log} tells more; ./onewindow down --purge and up begin anew.",
        )


def _since(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")
