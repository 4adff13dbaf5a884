"""Alarms: what the supervisors must hear of, without naming any citizen. Topic ``access.alarms.v1``."""

from onewindow_kit.alarms.alarm import TOPIC, Alarm, Malformed, identity, opened, sealed
from onewindow_kit.alarms.follow import follow

__all__ = ["TOPIC", "Alarm", "Malformed", "follow", "identity", "opened", "sealed"]
