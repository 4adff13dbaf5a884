"""``import FILE`` as a process: its exit codes, Ctrl-C, and a kill without a word."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import onewindow_kit
import pytest

from .conftest import Department, eventually

SCRIPT = Path(__file__).with_name("import_process.py")
ROWS = 400


async def start(department: Department, file: Path, folder: Path, pause: float = 0.0) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, str(SCRIPT), department.url, str(file), str(folder), str(pause)),
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(onewindow_kit.__file__).parents[1])},
    )


async def finished(process: asyncio.subprocess.Process) -> tuple[int, str]:
    _, said = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, said.decode()


@pytest.fixture
async def file(department: Department, tmp_path: Path) -> Path:
    async with department.sessions() as session, session.begin():
        connection = await session.connection()
        await connection.exec_driver_sql("create table owner (number text not null, name text not null)")
    path = tmp_path / "owners.csv"
    path.write_text("number,name\n" + "".join(f"{n:04},name {n}\n" for n in range(ROWS)))
    return path


async def stored(department: Department) -> list[str]:
    return [row.number for row in await department.fetch("select number from owner order by number")]


async def begun(department: Department) -> bool:
    return len(await stored(department)) > 0


async def test_all_stored_is_zero_and_again_nothing_happens(department, file, tmp_path) -> None:
    code, said = await finished(await start(department, file, tmp_path))
    assert (code, len(await stored(department))) == (0, ROWS)
    assert "400 rows stored, 0 refused" in said
    code, said = await finished(await start(department, file, tmp_path))
    assert (code, len(await stored(department))) == (0, ROWS)
    assert "nothing changed" in said


async def test_refused_rows_are_one_and_the_file_is_named(department, file, tmp_path) -> None:
    file.write_text(file.read_text() + "x,王芳\n")
    code, said = await finished(await start(department, file, tmp_path))
    assert code == 1
    (rejects,) = tmp_path.glob("*.rejects.jsonl")
    assert str(rejects) in said
    assert "王芳" not in said


async def test_an_unreadable_file_is_two_with_the_reason(department, file, tmp_path) -> None:
    file.write_text("number,colour\n")
    code, said = await finished(await start(department, file, tmp_path))
    assert code == 2
    assert "colour" in said
    assert "Traceback" not in said


async def test_interrupted_it_ends_after_its_batch_and_goes_on_later(department, file, tmp_path) -> None:
    process = await start(department, file, tmp_path, pause=0.1)
    await eventually(lambda: begun(department))
    process.send_signal(signal.SIGINT)
    code, said = await finished(process)
    assert code == 130
    assert "Run the same command again" in said
    assert "Traceback" not in said
    part = len(await stored(department))
    assert 0 < part < ROWS
    assert part % 20 == 0
    code, _ = await finished(await start(department, file, tmp_path))
    assert (code, await stored(department)) == (0, [f"{n:04}" for n in range(ROWS)])


async def test_killed_without_a_word_it_goes_on_later(department, file, tmp_path) -> None:
    for batches in (1, 4):
        process = await start(department, file, tmp_path, pause=0.1)

        async def far(batches: int = batches) -> bool:
            return len(await stored(department)) >= 20 * batches

        await eventually(far)
        process.kill()
        await process.communicate()
    code, _ = await finished(await start(department, file, tmp_path))
    assert (code, await stored(department)) == (0, [f"{n:04}" for n in range(ROWS)])
