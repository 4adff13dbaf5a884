"""How the story is told: who does what on which day, and what each sees through their window afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console
from rich.markup import escape

from onewindow_local.cli.screen import out
from onewindow_local.demo.city import Citizen, City, Done, Person
from onewindow_local.demo.life.pane import Pane

PAUSE = 1.6
"""Seconds to read a window, on a terminal."""
page = Console(highlight=False, width=None if out.is_terminal else 110)
"""Lines of a window are cut, not wrapped."""


@dataclass
class Somebody:
    """One of the family (or of those around it): the person, their login, their window."""

    person: Person
    citizen: Citizen
    pane: Pane

    @property
    def name(self) -> str:
        return self.person.name


@dataclass
class Tale:
    """`day` is the legal day at all offices; `last` the command whose effect the next look must show."""

    city: City
    day: date
    last: Done | None = None
    people: dict[str, Somebody] = field(default_factory=dict)

    def __getitem__(self, who: str) -> Somebody:
        return self.people[who]

    def when(self, year: int, month: int, day: int) -> None:
        """Let it be that day."""
        self.day = date(year, month, day)
        self.city.pass_to(self.day)

    def chapter(self, text: str, text_zh: str) -> None:
        out.print()
        out.print(f"[bold yellow]{self.day}[/]  [bold]{escape(text)}[/]  [dim]{escape(text_zh)}[/]")

    def tell(self, who: str, did: str) -> None:
        """`who` (a citizen's or an office's name) did something."""
        out.print(f"  [magenta]{escape(who)}[/] {escape(did)}")

    async def meet(self, who: str, person: Person) -> Somebody:
        self.people[who] = Somebody(person, await self.city.citizen(person), Pane(person.name))
        return self.people[who]

    def did(self, done: Done) -> Done:
        """Remember a command: the next look is at least as new."""
        if done.written:
            self.last = done
        return done

    async def look(self, *who: str) -> None:
        """The windows of these people as they are after the last command."""
        for each in who:
            somebody = self.people[each]
            view = await somebody.citizen.view(after=self.last)
            out.print(f"  [bold reverse] {escape(somebody.name)} [/] [dim]version token {self._token()}[/]")
            page.print(somebody.pane.show(view))
        if out.is_terminal:
            await asyncio.sleep(PAUSE)

    def _token(self) -> str:
        written = self.last.written if self.last is not None else ""
        first, *more = written.split(", ")
        return f"{first[-10:]}{f' and {len(more)} more' if more else ''}" if first else "none"
