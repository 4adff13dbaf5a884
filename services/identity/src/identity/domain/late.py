"""Late registration of people without papers: a category, and evidence that belongs to it (国办发〔2015〕96号).

No category asks for proof of birth policy, and evidence that is not asked for is refused. Nobody is unregistrable:
``other`` takes an inquiry's report.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from identity.domain.problems import EvidenceMissing, EvidenceNotAdmitted, PersonRequired
from identity.domain.standing import Standing

# Categories that restore a person whom the register knows, rather than enter a new one.
RESTORING = frozenset({"declared-dead"})


def check_evidence(handed_in: Collection[str], alternatives: Sequence[Collection[str]]) -> None:
    """``alternatives``: the sets of evidence of which one suffices. Each piece must belong to one of them."""
    asked_for = {kind for alternative in alternatives for kind in alternative}
    if not set(handed_in) <= asked_for:
        raise EvidenceNotAdmitted
    if not any(set(alternative) <= set(handed_in) for alternative in alternatives):
        raise EvidenceMissing


def restores(category: str, standing: Standing | None) -> bool:
    """Whether the registration restores a known person (``standing`` None: nobody is named)."""
    if standing is None and category in RESTORING:
        raise PersonRequired
    return standing is not None
