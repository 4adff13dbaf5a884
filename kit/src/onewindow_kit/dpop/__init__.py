"""Proof of possession (RFC 9449): a token bound to a key is worth nothing to who does not hold the key.

``Proofs`` checks them on a server, ``Prover`` makes them in a client.
"""

from onewindow_kit.dpop.proof import ALGORITHMS, Proofs
from onewindow_kit.dpop.prover import Prover
from onewindow_kit.dpop.seen import Seen

__all__ = ["ALGORITHMS", "Proofs", "Prover", "Seen"]
