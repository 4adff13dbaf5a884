"""Run as a process of its own: what a stock verifier (proofbundle, MIT) says of a log. Imports nothing of ours.

Reads JSON from standard input: the keys' lines, an earlier and the present checkpoint (signed notes), the proof between
them, an entry (salt and bytes) with its place and path, and the hash that the log serves there now. Hashes are base64. Ends with
1 unless everything holds.
"""

import base64
import json
import sys

sys.path.insert(0, sys.argv[1])

from proofbundle.checkpoint import verify_checkpoint, verify_cosignature
from proofbundle.merkle import root_from_inclusion, verify_consistency, verify_inclusion

told = json.load(sys.stdin)
before, now = (verify_checkpoint(told[name], told["log_key"]) for name in ("before", "now"))
between = [base64.b64decode(each) for each in told["consistency"]]
path = [base64.b64decode(each) for each in told["path"]]
held = {
    "the log signed it": before["ok"] and now["ok"],
    "the witness cosigned it": verify_cosignature(told["now"], told["witness_key"])["ok"],
    "it continues what was seen before": verify_consistency(
        before["tree_size"], now["tree_size"], between, before["root"], now["root"]
    ),
    "the leaf that it serves is of its tree": root_from_inclusion(
        told["index"], now["tree_size"], base64.b64decode(told["served"]), path
    )
    == now["root"],
    "the entry stands in it": verify_inclusion(
        base64.b64decode(told["leaf"]), told["index"], now["tree_size"], path, now["root"]
    ),
}
for what, holds in held.items():
    print(f"{'yes' if holds else 'NO '}  {what}")
sys.exit(not all(held.values()))
