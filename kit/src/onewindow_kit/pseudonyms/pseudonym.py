"""The only name a department knows a person by: ``<sector>.<generation>.<random>``.

An organisation's says that it is one, ``<sector>.<generation>.org-<random>``: what only human beings can do is refused
by the name alone, and nobody's secret is given away by it (organisations stand in a public register).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from onewindow_kit.randomness import random_id

PATTERN = r"[a-z][a-z0-9-]{0,40}\.[1-9][0-9]{0,5}\.(?:org-)?[a-z2-7]{22}"
ORGANISATION = "org-"
_FORM = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """Random (110 bits), so that nothing about the person or another sector follows from it.

    ``generation`` counts a sector's re-keyings. ``str()`` is the text on the wire.
    """

    sector: str
    generation: int
    random: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """From its text; ValueError (without the text) when it is none."""
        if not _FORM.fullmatch(text):
            raise ValueError("not a pseudonym")
        sector, generation, random = text.split(".")
        return cls(sector, int(generation), random)

    @classmethod
    def new(cls, sector: str, generation: int = 1, *, organisation: bool = False) -> Self:
        return cls(sector, generation, (ORGANISATION if organisation else "") + random_id())

    @property
    def organisation(self) -> bool:
        """Whether it names an organisation; else a natural person."""
        return self.random.startswith(ORGANISATION)

    def __str__(self) -> str:
        return f"{self.sector}.{self.generation}.{self.random}"


def is_organisation(text: str) -> bool:
    """Whether the pseudonym ``text`` names an organisation; ValueError when it is no pseudonym."""
    return Pseudonym.parse(text).organisation
