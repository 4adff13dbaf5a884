"""Evidence: records that departments confirm to each other before anything is decided about a person."""

from onewindow_kit.evidence.claim import Claim
from onewindow_kit.evidence.desk import CheckDesk
from onewindow_kit.evidence.evidence import Evidence
from onewindow_kit.evidence.neighbours import Neighbours
from onewindow_kit.evidence.own import OwnRecords

__all__ = ["CheckDesk", "Claim", "Evidence", "Neighbours", "OwnRecords"]
