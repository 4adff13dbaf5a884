"""Make or bring up to date the environment in `.venv`. Standard library only: it runs before anything is installed.

Every package is checked against the hashes in requirements.lock. `.venv/installed.lock` is the copy of the lock that
was installed last; the launcher compares it, and it is written last, so that an interrupted run starts over.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SOURCES = (
    "contracts/src",
    "kit/src",
    "services/identity/src",
    "services/housing/src",
    "services/transport/src",
    "services/oversight/src",
    "gateway/src",
    "deploy/local/src",
    "deploy/witness/src",
)


class InstallFailed(Exception):
    """What could not be done, and the remedy, as one text for the person at the terminal."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the checkout's lock. It sits on the folder itself, so no file is left and none can go stale."""
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./onewindow is installing; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def current(root: Path) -> bool:
    installed = root / ".venv" / "installed.lock"
    return (
        (root / ".venv/bin/python").exists()
        and installed.exists()
        and installed.read_bytes() == (root / "requirements.lock").read_bytes()
    )


def works(python: Path) -> bool:
    """Whether the environment's interpreter still runs, has pip and is new enough (a system upgrade may break it)."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and subprocess.run([python, "-c", check], capture_output=True).returncode == 0


def make_environment(folder: Path) -> None:
    if works(folder / "bin" / "python"):
        return
    say(f"Making a Python environment in {folder}")
    shutil.rmtree(folder, ignore_errors=True)
    result = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)
    if result.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        detail = (result.stderr or result.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise InstallFailed(
            f"Python's own module `venv` could not make {folder}: {detail[0]}\n"
            f"On Debian and Ubuntu install it: apt-get install python{version}-venv. "
            "If the disk is full, free about 1 GB."
        )


def run_showing_downloads(command: list[str]) -> int:
    """Run uv and pass on what it says, except the list of a hundred package names at the end."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        for line in child.stderr or ():
            if not line.startswith((" + ", " - ", " ~ ", "   Downloaded")):
                say("  " + line.rstrip())
    return child.returncode


def install(root: Path, python: Path) -> None:
    """The installer first (one small wheel), then everything with it: ten times as fast as pip alone."""
    say("Fetching the Python packages (once; some 700 MB on disk)")
    lock = str(root / "requirements.lock")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    fast = subprocess.run([*pip, "-r", str(root / "deploy/local/installer.lock")]).returncode == 0
    uv = [str(python), "-m", "uv", "pip", "install", "--python", str(python), "--require-hashes", "-r", lock]
    if fast and run_showing_downloads([*uv, "--compile-bytecode"]) == 0:
        return
    say("That did not work; trying again with pip, which is slower but knows your pip settings.")
    if subprocess.run([*pip, "-r", lock]).returncode != 0:
        raise InstallFailed(
            "The Python packages could not be fetched (the lines above say which and why).\n"
            "Check the network (HTTPS_PROXY, PIP_INDEX_URL and PIP_CERT are honoured) and that 1 GB of disk is free, "
            "then run the same command again: what was fetched is kept. It is needed once; later starts do without."
        )


def put_sources_on_path(root: Path, folder: Path) -> None:
    """Relative to the environment, so that a checkout that is moved or copied goes on working."""
    for site in folder.glob("lib/python*/site-packages"):
        up = Path(os.path.relpath(root, site))
        (site / "onewindow.pth").write_text("".join(f"{up / source}\n" for source in SOURCES))


def main(root: Path) -> int:
    started = time.monotonic()
    folder = root / ".venv"
    try:
        with alone(root):
            if current(root):
                return 0
            make_environment(folder)
            install(root, folder / "bin" / "python")
            put_sources_on_path(root, folder)
            shutil.copyfile(root / "requirements.lock", folder / "installed.lock")
    except InstallFailed as failure:
        say(str(failure))
        return 1
    except OSError as error:
        say(f"The environment in {folder} could not be made: {error}")
        say("Check that the checkout may be written to and that the disk is not full, then run the same command again.")
        return 1
    except KeyboardInterrupt:
        say("Interrupted; the next ./onewindow goes on from here.")
        return 130
    say(f"Installed in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
