"""The witness's and the verifier's command line: `python -m onewindow_witness keys|serve|verify|entry|prove`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import httpx

from onewindow_witness import keys, telling
from onewindow_witness.checkpoint import Signed
from onewindow_witness.entry import EntryRejected, verify_entry
from onewindow_witness.export import exported
from onewindow_witness.keys import KeyMissing
from onewindow_witness.memory import Memory
from onewindow_witness.note import NoteInvalid, NotSigned, PublicKey
from onewindow_witness.progress import Bar
from onewindow_witness.tiles import LogUnreadable, source_of
from onewindow_witness.verify import Known, Verdict, verify_log

LOG_HELP = "the log's key: a line name+id+key, or a file with it; have it from somebody else than the log"
WITNESS_KEY_HELP = "the witness's key, in the same form; without it cosignatures are not asked for"


def main(arguments: list[str] | None = None) -> int:
    """0 verified, 1 rejected, 2 used wrongly, 3 could not be checked."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except KeyMissing as error:
        print(error, file=sys.stderr)
        return telling.UNKNOWN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onewindow_witness", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    made = commands.add_parser(
        "keys", help="make the witness's key pair in FOLDER if there is none; print its public line"
    )
    made.add_argument("folder", type=Path)
    made.add_argument("--name", required=True, help="the witness's name, for good")
    made.set_defaults(run=_keys)
    served = commands.add_parser("serve", help="witness logs over HTTP")
    served.add_argument("folder", type=Path)
    served.add_argument("--log", action="append", required=True, help=LOG_HELP)
    served.add_argument("--name", help="the witness's name, where its keys are yet to be made")
    served.add_argument("--host", default="127.0.0.1")
    served.add_argument("--port", type=int, required=True)
    served.set_defaults(run=_serve)
    whole = commands.add_parser("verify", help="verify a whole log")
    whole.add_argument(
        "log", metavar="LOG", help="its address (http://…/v1/log), or a folder with checkpoint and tile/"
    )
    whole.add_argument("--log-key", required=True, help=LOG_HELP)
    whole.add_argument("--witness-key", help=WITNESS_KEY_HELP)
    whole.add_argument("--witness", metavar="URL", help="ask the witness for the newest checkpoint that it cosigned")
    whole.add_argument("--memory", type=Path, required=True, help="the folder in which seen checkpoints are kept")
    whole.add_argument("--proof", type=Path, action="append", default=[], help="a citizen's proof that must still hold")
    whole.add_argument("--patience", type=float, default=10, help="seconds to wait for a cosignature; 10")
    whole.add_argument("--json", action="store_true")
    whole.set_defaults(run=_verify)
    proofs = commands.add_parser("prove", help="make, from the log's tiles, what any other verifier needs; as JSON")
    proofs.add_argument("log", metavar="LOG")
    proofs.add_argument("proof", type=Path, help="a citizen's proof: its checkpoint is the earlier one")
    proofs.add_argument("--log-key", required=True, help=LOG_HELP)
    proofs.add_argument("--witness-key", required=True, help=WITNESS_KEY_HELP)
    proofs.set_defaults(run=_prove)
    one = commands.add_parser("entry", help="verify one entry by its proof, without asking anybody")
    one.add_argument("proof", type=Path)
    one.add_argument("--log-key", required=True, help=LOG_HELP)
    one.add_argument("--witness-key", help=WITNESS_KEY_HELP)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_entry)
    return parser


def _keys(asked: argparse.Namespace) -> int:
    print(keys.make(asked.folder, asked.name))
    return 0


def _serve(asked: argparse.Namespace) -> int:
    # Only the server needs one, and only whoever serves should wait for its import.
    import uvicorn

    from onewindow_witness.server import App
    from onewindow_witness.state import State
    from onewindow_witness.witness import Witness

    key = keys.make(asked.folder, asked.name or keys.name_in(asked.folder))
    logs = [keys.public(told) for told in asked.log]
    witness = Witness(State(asked.folder), key.name, keys.private(asked.folder), {each.name: each for each in logs})
    uvicorn.run(App(witness), host=asked.host, port=asked.port, workers=1, access_log=False, lifespan="off")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    log = keys.public(asked.log_key)
    witness = keys.public(asked.witness_key) if asked.witness_key else None
    memory = Memory(asked.memory)
    notes = []
    if others := memory.other_keys(log):
        notes.append(f"note: a log of this name was verified here before under another key ({', '.join(others[:3])})")
    try:
        known = _known(asked, log, memory, notes)
        with Bar("entries") as bar:
            verdict = verify_log(source_of(asked.log), log, witness, known, patience=asked.patience, progress=bar)
    except (NoteInvalid, NotSigned, EntryRejected) as error:
        verdict = Verdict("rejected", f"what it must be held against is false: {error}")
    if verdict.outcome == "verified" and verdict.signed is not None:
        memory.remember(log, verdict.signed)
    if verdict.outcome == "rejected" and verdict.evidence:
        notes.append(f"kept as evidence: {memory.accuse(verdict.why, verdict.evidence)}")
    if asked.json:
        print(json.dumps(telling.log_json(verdict, log, notes), ensure_ascii=False))
    else:
        print("\n".join(telling.log_lines(verdict, log, witness, notes)))
    return telling.STATUS[verdict.outcome]


def _known(asked: argparse.Namespace, log: PublicKey, memory: Memory, notes: list[str]) -> list[Known]:
    """Everything that the log must continue: asked for before the log's own checkpoint, which must not be older."""
    known = []
    if (seen := memory.recall(log)) is not None:
        known.append(Known(seen, "the checkpoint last verified here"))
    for file in asked.proof:
        proven = verify_entry(_read(file), log)
        known.append(Known(proven.signed, f"the proof of entry {proven.index}"))
    if asked.witness:
        try:
            answer = httpx.get(f"{asked.witness.rstrip('/')}/checkpoint", params={"origin": log.name}, timeout=10)
        except httpx.HTTPError as error:
            notes.append(f"note: the witness does not answer ({error})")
        else:
            if answer.status_code == 200:
                known.append(Known(Signed.open(answer.content, log), "the newest that the witness cosigned"))
    return known


def _prove(asked: argparse.Namespace) -> int:
    log, witness = keys.public(asked.log_key), keys.public(asked.witness_key)
    try:
        told = exported(source_of(asked.log), _read(asked.proof), log)
    except (LogUnreadable, NoteInvalid, NotSigned, ValueError) as error:
        print(f"nothing can be proven from this log: {error}", file=sys.stderr)
        return telling.UNKNOWN
    print(json.dumps(told | {"log_key": str(log), "witness_key": str(witness)}))
    return telling.VERIFIED


def _entry(asked: argparse.Namespace) -> int:
    log = keys.public(asked.log_key)
    witness = keys.public(asked.witness_key) if asked.witness_key else None
    try:
        proven = verify_entry(_read(asked.proof), log, witness)
    except EntryRejected as error:
        told = {"outcome": "rejected", "why": str(error)}
        print(json.dumps(told) if asked.json else f"REJECTED  {asked.proof}: {error}.")
        return telling.REJECTED
    late = witness is not None and proven.cosigned is None
    if asked.json:
        print(json.dumps(telling.entry_json(proven), ensure_ascii=False))
    elif late:
        print(
            f"UNKNOWN   {asked.proof}: {witness.name} has not cosigned its checkpoint. Ask for the proof again in a second."
        )
    else:
        print("\n".join(telling.entry_lines(proven, witness)))
    return telling.UNKNOWN if late else telling.VERIFIED


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KeyMissing(f"{file}: {error.strerror}") from error
