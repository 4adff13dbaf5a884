"""Rules of calendars: what a table says of a day must make sense, else a deadline ends on the wrong one."""

from __future__ import annotations

from onewindow_contracts.calendar import LIBRARY_YEARS, SATURDAY
from onewindow_contracts.lint.findings import Finding, Findings
from onewindow_contracts.lint.world import World

WHY = "offices' deadlines are counted by it, and a slip of the pen moves them by days"


def calendars_are_sound(world: World) -> Findings:
    for table in world.calendars.values():
        for day, works in table.days.items():
            if works and day.weekday() < SATURDAY:
                missing, mend = f"{day} is no weekend: it needs no making up", "mend the day, or remove it"
                yield Finding(table.file, "/years", "calendar", missing, WHY, mend)
        for year, doubtful in table.years.items():
            days = [day for day in table.days if day.year == year]
            if year not in LIBRARY_YEARS and not doubtful and not any(table.days[day] is False for day in days):
                missing = f"{year} has no holidays and is not doubtful"
                yield Finding(table.file, "/years", "calendar", missing, WHY, "list its days off, or doubtful: true")
