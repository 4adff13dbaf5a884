"""The file that a citizen needs to check an entry, docs/verify_entry.py, says yes to true proofs and no to all others."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from onewindow_witness.cosignature import cosign
from onewindow_witness.note import COSIGNATURE, Note, PublicKey

from .log_writer import Log, entries, leaf, path

SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "verify_entry.py"
ENTRY, SALT, WITNESS = '{"purpose": "示例"}'.encode(), bytes(range(16)), Ed25519PrivateKey.generate()


class Held:
    """What a citizen has: a proof, and the two keys."""

    def __init__(self, folder: Path, index: int, size: int) -> None:
        self.folder = folder
        leaves = entries(size)
        leaves[index] = leaf(SALT + ENTRY)
        log = Log(leaves)
        note = log.checkpoint()
        note += str(cosign(Note.parse(note).text, "test/witness", WITNESS, 1_700_000_000))
        (folder / "log.pub").write_text(f"{log.key_line}\n")
        (folder / "witness.pub").write_text(f"{PublicKey.of('test/witness', COSIGNATURE, WITNESS)}\n")
        self.proof: dict[str, Any] = {
            "index": index,
            "entry": base64.b64encode(ENTRY).decode(),
            "salt": base64.b64encode(SALT).decode(),
            "hashes": [base64.b64encode(each).decode() for each in path(index, leaves)],
            "checkpoint": note,
        }

    def run(self, **spoiled: Any) -> subprocess.CompletedProcess[str]:
        (self.folder / "proof.json").write_text(json.dumps(self.proof | spoiled), "utf-8")
        files = [str(self.folder / name) for name in ("proof.json", "log.pub", "witness.pub")]
        return subprocess.run([sys.executable, "-I", str(SCRIPT), *files], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("index", "size"), [(0, 1), (6, 7), (3, 8), (299, 300)])
def test_a_true_proof_is_accepted(tmp_path: Path, index: int, size: int) -> None:
    told = Held(tmp_path, index, size).run()
    assert told.returncode == 0, told.stderr
    assert "示例" in told.stdout


def test_every_spoiled_proof_is_refused(tmp_path: Path) -> None:
    held = Held(tmp_path, 5, 20)
    hashes, note = held.proof["hashes"], held.proof["checkpoint"]
    signed, cosigned = note.split("— ")[1:]
    other = Ed25519PrivateKey.generate()
    text = Note.parse(note).text
    forged = str(cosign(text, "test/witness", other, 1_700_000_000)).split(" ")[2]
    real = base64.b64decode(cosigned.split(" ")[1])
    swapped = base64.b64encode(real[:4] + base64.b64decode(forged)[4:]).decode()
    for spoiled in (
        {"entry": base64.b64encode(ENTRY + b" ").decode()},
        {"salt": base64.b64encode(bytes(16)).decode()},
        {"index": 4},
        {"index": 21},
        {"hashes": hashes[:-1]},
        {"hashes": [*hashes, hashes[0]]},
        {"checkpoint": note.replace("\n20\n", "\n21\n")},
        {"checkpoint": note.replace(cosigned.split(" ")[1].strip(), swapped)},
        {"checkpoint": note.replace("— " + cosigned, "")},
        {"checkpoint": note.replace("— " + signed, "")},
        {"checkpoint": Log(entries(20)).checkpoint()},
    ):
        told = held.run(**spoiled)
        assert told.returncode != 0 and "stands among" not in told.stdout, spoiled
    assert held.run().returncode == 0
