"""The registry's tables. File numbers, VINs, plates and reasons are sealed; a blind index beside each serves equality.

Each row is a record's present state; the envelope that was published of it stands in the kit's ``record`` table.
"""

from transport.tables.base import HOLDER, Table
from transport.tables.licences import AddedClass, DrivingLicence
from transport.tables.lottery import Lottery, LotteryEntry, LotteryParty, PlateQuota
from transport.tables.people import Deceased
from transport.tables.permits import ParkingPermit
from transport.tables.points import PointsCycle, PointsReduction
from transport.tables.reports import Evidence, Report
from transport.tables.vehicles import Freeze, Mortgage, Plate, Vehicle
from transport.tables.violations import Violation

__all__ = [
    "HOLDER",
    "AddedClass",
    "Deceased",
    "DrivingLicence",
    "Evidence",
    "Freeze",
    "Lottery",
    "LotteryEntry",
    "LotteryParty",
    "Mortgage",
    "ParkingPermit",
    "Plate",
    "PlateQuota",
    "PointsCycle",
    "PointsReduction",
    "Report",
    "Table",
    "Vehicle",
    "Violation",
]
