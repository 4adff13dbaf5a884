"""Recomputes a draw of the plate lottery from what was published, and imports nothing of ours: FILE is its JSON."""

import json
import sys
from hashlib import sha256
from pathlib import Path


def text(*lines: str) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def root(nodes: list[bytes]) -> bytes:  # RFC 6962, 2.1
    if len(nodes) < 2:
        return nodes[0] if nodes else sha256().digest()
    half = 1 << (len(nodes) - 1).bit_length() - 1
    return sha256(b"\1" + root(nodes[:half]) + root(nodes[half:])).digest()


told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
urn, draw, weights = told["urn"], told["body"], {entry["code"]: entry["weight"] for entry in told["entries"]}
leaves = [sha256(b"\0" + f"{code} {weights[code]}".encode()).digest() for code in sorted(weights)]
assert root(leaves).hex() == draw["root"], "this list is not the one whose root was published before the draw"
parties, value = sorted(draw["parties"], key=lambda party: party["party"]), draw["public_value"]
kept = [not party["secret"] or text(urn, party["party"], party["secret"]) == party["commitment"] for party in parties]
assert all(kept), "a secret is not the one that its party committed to before the list was frozen"
secrets = [f"{party['party']} {party['secret'] or party['commitment']}" for party in parties]
public = [value["source"], value["reference"], value["value"]]
seed = text("onewindow lottery seed v1", urn, draw["root"], *secrets, *public)
lowest = {c: min(text(f"{seed} {c} {ticket}") for ticket in range(weight)) for c, weight in weights.items()}
winners = sorted(weights, key=lowest.__getitem__)[: draw["quota"]]
assert (seed, winners) == (draw["seed"], draw["winners"]), "seed or winners are not what the published list gives"
print(f"{len(weights)} entries, {len(winners)} drawn: root, secrets, seed and winners are right.")
if mine := told.get("mine"):  # what an applicant holds: the entry's name and the opening of its code
    assert text(urn, mine["entry"], mine["opening"]) in weights, "this entry is not on the list"
    print("The applicant's own entry is on the list.")
