"""The department's tables beside the kit's. What citizens and offices wrote is sealed."""

from oversight.tables.base import HOLDER, Table
from oversight.tables.credentials import Alarm, Lock, Revocation
from oversight.tables.matters import Matter, Notice, Parted

__all__ = ["HOLDER", "Alarm", "Lock", "Matter", "Notice", "Parted", "Revocation", "Table"]
