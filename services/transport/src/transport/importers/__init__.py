"""Imports: licences and vehicles as an older system has them, in CSV or JSON Lines.

The rows' form is in the contract (``DrivingLicenceRow``, ``VehicleRow``): names, Chinese and English headers, checks.
Numbers are exchanged for pseudonyms in batches while rows are read, and stand in no table.
"""

from transport.importers.choice import RECORD_TYPES, record_type_of
from transport.importers.licences import licences
from transport.importers.vehicles import vehicles

__all__ = ["RECORD_TYPES", "licences", "record_type_of", "vehicles"]
