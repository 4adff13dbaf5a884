"""`canary`: people who do not exist, designated so that any look at one raises an alarm."""

import json
import subprocess
from typing import Annotated

import typer

from onewindow_local.cli.options import Data, Port
from onewindow_local.cli.screen import err
from onewindow_local.environment import addresses, module_command, service_environment
from onewindow_local.errors import LocalError
from onewindow_local.instance import choose, must_run
from onewindow_local.people import find

EXAMPLE = "Example: [bold]./onewindow canary REF[/]; real ones are registered like anybody, and named here by file"


def canary(
    refs: Annotated[list[str], typer.Argument(metavar="REF...", help="Sample people who shall be canaries.")],
    data: Data = None,
    port: Port = None,
) -> None:
    """Let any look at these people raise an alarm, whoever looks and for whatever purpose.

    The list lies beside the keys, outside every register and every dump; it holds
    keyed hashes. No clerk can tell a canary from anybody else.
    """
    instance = choose(data, port)
    must_run(instance)
    entries = [find(instance, ref).entry for ref in refs]
    lines = "".join(
        json.dumps({"scheme": "cn-id", "number": each["number"], "name": each["name"]}) + "\n" for each in entries
    )
    told = service_environment(instance, addresses(instance), "gateway")
    done = subprocess.run(
        module_command("gateway", "canary"), env=told, input=lines, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LocalError(
            (done.stderr.strip() or "Not designated.").splitlines()[-1],
            "./onewindow status shows whether identity runs.",
        )
    err.print(f"{done.stdout.strip()} new of {len(entries)}; gateways know them within five seconds.")
