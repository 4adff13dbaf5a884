"""`python -m onewindow_local.sample.child GO DEPARTMENT TYPE FILE [TYPE FILE …]`: a department's imports, ready beforehand.

Loading a department's code takes longer than importing the usual sample. So this process loads it at once, waits until
the file GO appears, and then runs `python -m DEPARTMENT import FILE` for one file after another. TYPE may be `-`.
"""

import importlib
import runpy
import sys
import time
import warnings
from pathlib import Path

LOOK_EVERY = 0.01


def main(go: Path, department: str, files: list[tuple[str, str]]) -> int:
    """The status of the first import that did not take its whole file, 0 if all did."""
    service = importlib.import_module(f"{department}.__main__").SERVICE
    importlib.import_module(service.importer.partition(":")[0])
    while not go.exists():
        time.sleep(LOOK_EVERY)
    for record_type, file in files:
        sys.argv = [department, "import", file, *([] if record_type == "-" else ["--type", record_type])]
        try:
            with warnings.catch_warnings():
                # runpy says that the module is loaded already, which is the point here.
                warnings.simplefilter("ignore", RuntimeWarning)
                runpy.run_module(department, run_name="__main__")
        except SystemExit as ended:
            if ended.code:
                return ended.code if isinstance(ended.code, int) else 1
    return 0


if __name__ == "__main__":
    go, department, *rest = sys.argv[1:]
    sys.exit(main(Path(go), department, list(zip(rest[::2], rest[1::2], strict=True))))
