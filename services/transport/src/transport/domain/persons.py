"""What two persons who turn out to be one can't both have, and what one who turns out to be two must be given back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from onewindow_kit.problems import Conflict

Side = Literal["stays", "leaves"]


class AssignmentsMissing(Conflict):
    code, title = "assignments-missing", "The decision doesn't say for every record whose it is"
    remedy = "Assign each record that the case concerns to the person who stays or to the one who leaves."


class KeepUnknown(Conflict):
    code, title = "keep-unknown", "The case doesn't concern the licence that shall stay"
    remedy = "Name one of the licences that the case concerns; the others are cancelled."


class CaseKindOther(Conflict):
    code, title = "case-kind-other", "The case is of another kind"
    remedy = "Read the case again and decide it by the operation that its kind needs."


def assigned(keys: Collection[str], assignments: Mapping[str, Side]) -> dict[str, Side]:
    """The assignments when they name exactly what is contested; AssignmentsMissing otherwise."""
    if set(assignments) != set(keys):
        raise AssignmentsMissing
    return dict(assignments)
