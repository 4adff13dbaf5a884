"""`python -m onewindow_local.prepare KEYS`: what must be there before the first process of a deployment starts.

Keys for every holder in the folder KEYS, and for each department and the access record a database and a role. Doing it again changes nothing.
Settings: ONEWINDOW_SUPERUSER (a superuser's postgresql:// address), <DEPARTMENT>_PASSWORD for each department, ACCESS_PASSWORD and GATEWAY_PASSWORD for the access record, and
ONEWINDOW_OWNER (a user id that the keys are given to, when this runs as root in a container).
"""

import asyncio
import os
import sys
from pathlib import Path

from onewindow_local import databases, environment
from onewindow_local.errors import LocalError
from onewindow_local.instance import DEPARTMENTS
from onewindow_local.provisioning import provide_keys_in


def main(keys: Path) -> int:
    try:
        passwords = {
            name: os.environ[f"{name.upper()}_PASSWORD"] for name in (*DEPARTMENTS, databases.RECORD, databases.READER)
        }
        superuser = os.environ["ONEWINDOW_SUPERUSER"]
    except KeyError as missing:
        print(f"{missing.args[0]} is not set. {__doc__}", file=sys.stderr)
        return 2
    try:
        provide_keys_in(keys)
        if owner := os.environ.get("ONEWINDOW_OWNER"):
            for entry in (keys, *keys.iterdir()):
                os.chown(entry, int(owner), int(owner))
        asyncio.run(databases.provide(superuser, environment.instance_name(), passwords))
    except LocalError as error:
        print(f"{error.message}\n{error.remedy}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
