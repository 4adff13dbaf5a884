"""What transport tells the world, by what it is about; ``TOPICS`` by record type for snapshots and republication."""

from transport.events.envelope import Act, Change
from transport.events.registry import DRIVING_LICENCE, PARKING_PERMIT, VEHICLE, driving_licence, parking_permit, vehicle

TOPICS = {
    "driving-licence": DRIVING_LICENCE,
    "vehicle": VEHICLE,
    "parking-permit": PARKING_PERMIT,
}

__all__ = ["TOPICS", "Act", "Change", "driving_licence", "parking_permit", "vehicle"]
