"""The only name a department knows a person by: ``<sector>.<generation>.<random>``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from onewindow_kit.randomness import random_id

PATTERN = r"[a-z][a-z0-9-]{0,40}\.[1-9][0-9]{0,5}\.[a-z2-7]{22}"
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
    def new(cls, sector: str, generation: int = 1) -> Self:
        return cls(sector, generation, random_id())

    def __str__(self) -> str:
        return f"{self.sector}.{self.generation}.{self.random}"
