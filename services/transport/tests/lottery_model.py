"""What a draw must give, by somebody who knows only what is published: nothing of the product is imported here."""

from hashlib import sha256


def tree_head(lines: list[str]) -> str:
    """The Merkle tree hash of RFC 6962 over lines of text, built from the leaves upwards."""
    level = [sha256(b"\0" + line.encode()).digest() for line in lines]
    if not level:
        return sha256(b"").hexdigest()
    while len(level) > 1:  # an odd one goes up alone: the same tree as the norm's recursion
        pairs = [sha256(b"\1" + level[n] + level[n + 1]).digest() for n in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) // 2 * 2 :]
    return level[0].hex()


def recomputed(seed: str, weights: dict[str, int], quota: int) -> list[str]:
    """The codes in the order in which their first tickets come, all tickets laid out in one row."""
    tickets = [
        (sha256(f"{seed} {code} {n}".encode()).hexdigest(), code) for code, w in weights.items() for n in range(w)
    ]
    drawn: list[str] = []
    for _, code in sorted(tickets):
        if code not in drawn and len(drawn) < quota:
            drawn.append(code)
    return drawn


def seed_of(urn: str, draw: dict) -> str:
    """The seed of a published draw."""
    parties = sorted(draw["parties"], key=lambda party: party["party"])
    kept = [f"{party['party']} {party['secret'] or party['commitment']}" for party in parties]
    value = draw["public_value"]
    lines = ["onewindow lottery seed v1", urn, draw["root"], *kept, value["source"], value["reference"], value["value"]]
    return sha256("\n".join(lines).encode()).hexdigest()
