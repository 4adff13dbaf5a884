"""What transport tells the world, by what it is about; ``TOPICS`` by record type for snapshots and republication."""

from transport.events.envelope import Act, Change
from transport.events.lottery import LOTTERY_DRAW, LOTTERY_ENTRY, PLATE_QUOTA, lottery_draw, lottery_entry, plate_quota
from transport.events.registry import DRIVING_LICENCE, PARKING_PERMIT, VEHICLE, driving_licence, parking_permit, vehicle
from transport.events.roads import POINTS_CYCLE, REPORT, VIOLATION, points_cycle, report, violation

CASE = "transport.case.v1"
ADVERSE_ACT = "transport.adverse-act.v1"
TOPICS = {
    "driving-licence": DRIVING_LICENCE,
    "vehicle": VEHICLE,
    "parking-permit": PARKING_PERMIT,
    "lottery-draw": LOTTERY_DRAW,
    "lottery-entry": LOTTERY_ENTRY,
    "plate-quota": PLATE_QUOTA,
    "violation": VIOLATION,
    "points-cycle": POINTS_CYCLE,
    "report": REPORT,
    "case": CASE,
    "adverse-act": ADVERSE_ACT,
}

__all__ = [
    "TOPICS",
    "Act",
    "Change",
    "driving_licence",
    "lottery_draw",
    "lottery_entry",
    "parking_permit",
    "plate_quota",
    "points_cycle",
    "report",
    "vehicle",
    "violation",
]
