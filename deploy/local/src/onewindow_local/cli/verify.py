"""`verify`: the access record of an instance, checked from outside by a program that shares no code with who writes it."""

import json
import os
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from onewindow_local import kept_entries
from onewindow_local.cli.options import Data, Json, Port
from onewindow_local.cli.screen import err, out, print_json
from onewindow_local.environment import module_command
from onewindow_local.errors import LocalError
from onewindow_local.instance import Instance, choose, must_run

EXAMPLE = (
    "Examples: [bold]./onewindow verify[/] the whole record of the running instance; "
    "[bold]./onewindow verify my-entry.json[/] one entry by the proof that its citizen was given; "
    "[bold]./onewindow verify --log https://city.example/v1/log --log-key city.pub --witness-key witness.pub[/] "
    "somebody else's, with keys that they handed you"
)
REJECTED, UNKNOWN = 1, 3
PANEL = "Somebody else's log"

KeyFile = Annotated[
    str | None,
    typer.Option("--log-key", metavar="KEY", help="The log's public key: a file, or its line.", rich_help_panel=PANEL),
]


def verify(
    proof: Annotated[
        Path | None,
        typer.Argument(metavar="[PROOF]", help="A proof from /v1/me/access-entries/ID/proof, saved as a file."),
    ] = None,
    memory: Annotated[
        Path | None,
        typer.Option(
            "--memory",
            metavar="DIR",
            help="Where checkpoints that were seen are kept, and evidence; ~/.local/state/onewindow/seen.",
        ),
    ] = None,
    as_json: Json = False,
    log: Annotated[
        str | None,
        typer.Option(
            "--log", metavar="PLACE", help="Its address, or a folder it was copied to.", rich_help_panel=PANEL
        ),
    ] = None,
    log_key: KeyFile = None,
    witness_key: Annotated[
        str | None,
        typer.Option("--witness-key", metavar="KEY", help="The witness's public key.", rich_help_panel=PANEL),
    ] = None,
    witness: Annotated[
        str | None,
        typer.Option("--witness", metavar="URL", help="Ask the witness, too, what it saw.", rich_help_panel=PANEL),
    ] = None,
    data: Data = None,
    port: Port = None,
) -> None:
    """Whether the record of who looked at whom is whole.

    No entry changed, moved or gone, and nobody shown another record: every tile
    of the log is read and hashed again. That must give the root that the log
    signed and the witness cosigned, and continue every checkpoint seen before:
    the one kept here at the last run, and the newest of the witness. So run it
    now and then, where the log's operators cannot write.

    Of the running instance the record itself is asked besides whether it still
    has the entries behind those hashes: it alone can open them.

    With a PROOF: whether that one entry stands in the log. Nobody is asked.

    Status: 0 verified, 1 rejected (evidence is kept), 3 could not be checked.
    """
    try:
        instance = choose(data, port)
        keys = _keys(instance, log_key, witness_key, own=log is None)
        if proof is not None:
            told = ["entry", str(proof.absolute()), *keys]
        else:
            told = ["verify", *_place(instance, log, witness), *keys, "--memory", str(memory or _memory())]
    except LocalError as error:
        err.print(f"{error.message}\n{error.remedy}", markup=False)
        raise typer.Exit(UNKNOWN) from error
    run = subprocess.run(
        module_command("onewindow_witness", *told, *(["--json"] if as_json else [])),
        stdout=subprocess.PIPE if as_json else None,
        text=True,
        check=False,
    )
    own = proof is None and log is None
    kept = kept_entries.examine(instance) if own else None
    if as_json:
        print_json(json.loads(run.stdout or "{}") | ({"entries": asdict(kept) if kept else None} if own else {}))
    elif own:
        text = kept.line() if kept else "UNKNOWN   entries of the record: it did not tell whether they are there."
        out.print(text, markup=False)
    if kept is not None and not kept.sound:
        raise typer.Exit(REJECTED)
    raise typer.Exit(run.returncode or (UNKNOWN if own and kept is None else 0))


def _place(instance: Instance, log: str | None, witness: str | None) -> list[str]:
    """Which log, and who else saw it."""
    if log is None:
        must_run(instance)
        log, witness = f"{instance.url('gateway')}/v1/log", witness or instance.url("witness")
    return [log, *(["--witness", witness] if witness else [])]


def _keys(instance: Instance, log_key: str | None, witness_key: str | None, *, own: bool) -> list[str]:
    """The keys that were named, or else those that the instance's own files hold."""
    if own:
        log_key = log_key or _existing(instance, instance.keys / "log.pub")
        witness_key = witness_key or _existing(instance, instance.folder / "witness" / "witness.pub")
    if log_key is None:
        raise LocalError(
            "A log is verified by a key that you did not get from it.", "Name it with --log-key, and --witness-key too."
        )
    return ["--log-key", log_key, *(["--witness-key", witness_key] if witness_key else [])]


def _existing(instance: Instance, file: Path) -> str:
    if not file.exists():
        raise LocalError(
            f"{instance.folder} holds no {file.name}, so it was never started.",
            "Start it with ./onewindow up --detach, or name keys with --log-key and --witness-key.",
        )
    return str(file)


def _memory() -> Path:
    """Outside every instance's folder: it must outlast a purge, and what the log's operators do to their files."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "onewindow" / "seen"
