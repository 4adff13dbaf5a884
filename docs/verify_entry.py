"""Checks an entry of the access record by its proof, and imports nothing of ours: PROOF, then the log's and the witness's key."""

import json
import sys
from base64 import b64decode
from hashlib import sha256, sha512
from pathlib import Path

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P)


def add(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    (x, y), (u, v) = a, b
    t = D * x * y * u * v
    return (x * v + u * y) * pow(1 + t, -1, P) % P, (y * v + x * u) * pow(1 - t, -1, P) % P


def times(n: int, a: tuple[int, int]) -> tuple[int, int]:
    return (0, 1) if n == 0 else add(times(n - 1, a), a) if n % 2 else times(n // 2, add(a, a))


def point(raw: bytes) -> tuple[int, int]:
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    x = root if root * root % P == square else root * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square and y < P, "not a point of the curve"
    return (x if x % 2 == sign else P - x), y


def signed(key: bytes, signature: bytes, message: bytes) -> bool:  # Ed25519: RFC 8032, 5.1.7
    s, h = (
        int.from_bytes(signature[32:], "little"),
        int.from_bytes(sha512(signature[:32] + key + message).digest(), "little"),
    )
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    return s < L and times(s, base) == add(point(signature[:32]), times(h % L, point(key)))


def line_of(key: str) -> tuple[bytes, bytes]:  # the signature under the checkpoint that names this key, and the key
    name, number, material = key.split()[0].split("+", 2)
    found = [b64decode(line.split()[2]) for line in signatures.splitlines() if line.split()[1] == name]
    return next(each[4:] for each in found if each[:4].hex() == number), b64decode(material)[1:]


if len(sys.argv) != 4:
    sys.exit("python3 verify_entry.py my-entry.json log.pub witness.pub")
proof = json.loads(Path(sys.argv[1]).read_text("utf-8"))
log, witness = (Path(file).read_text("utf-8") for file in sys.argv[2:])
text, signatures = proof["checkpoint"].split("\n\n")
origin, size, root = f"{text}\n".split("\n")[:3]
entry, number, last = b64decode(proof["entry"]), proof["index"], int(size) - 1
found = sha256(b"\0" + b64decode(proof["salt"]) + entry).digest()
assert 0 <= number <= last and origin == log.split("+")[0], "this is a proof of another log"
for each in map(b64decode, proof["hashes"]):  # RFC 9162, 2.1.3.2
    found = sha256(b"\1" + (each + found if number % 2 or number == last else found + each)).digest()
    while number == last and number and not number % 2:
        number, last = number // 2, last // 2
    number, last = number // 2, last // 2
assert (last, found) == (0, b64decode(root)), "the entry does not stand in this log"
signature, key = line_of(log)
assert signed(key, signature, f"{text}\n".encode()), "the log did not sign this"
cosignature, key = line_of(witness)
at = int.from_bytes(cosignature[:8], "big")
assert signed(key, cosignature[8:], f"cosignature/v1\ntime {at}\n{text}\n".encode()), "the witness did not sign this"
print(f"Entry {proof['index']} stands among the first {size} of {origin}, as log and witness signed:")
print(json.dumps(json.loads(entry), ensure_ascii=False, indent=1))
