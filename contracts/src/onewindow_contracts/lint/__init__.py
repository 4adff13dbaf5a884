"""Faults in contracts: each says the file, the place in it, what is missing, why it matters and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from onewindow_contracts.documents import Documents
from onewindow_contracts.lint import (
    adverse,
    calendars,
    classes,
    examples,
    looks,
    operations,
    parameters,
    purposes,
    references,
    shapes,
    topics,
)
from onewindow_contracts.lint.bundles import bundles_close
from onewindow_contracts.lint.code.asked import parameters_are_asked_for
from onewindow_contracts.lint.code.numbers import numbers_in_code
from onewindow_contracts.lint.code.sources import sources
from onewindow_contracts.lint.findings import Finding
from onewindow_contracts.lint.world import World

RULES = (
    classes.properties_are_classed,
    shapes.schemas_are_sound,
    shapes.ambiguous_paths,
    operations.operations_are_complete,
    operations.catalogue_is_sound,
    looks.looks_are_declared,
    topics.topics_are_complete,
    examples.records_are_shown,
    examples.no_strays,
    references.authorities_are_real,
    purposes.purposes_are_bounded,
    parameters.parameters_are_sound,
    calendars.calendars_are_sound,
    adverse.bases_are_sound,
    adverse.adverse_operations_carry_grounds,
    references.codelists_are_used_rightly,
    bundles_close,
)


def lint(folders: Sequence[Path]) -> list[Finding]:
    """All findings in the contracts of ``folders``, sorted by file and place; empty means sound."""
    world = World(Documents(folders))
    found = {finding for rule in RULES for finding in rule(world)}
    return sorted(found | set(world.unreadable))


def lint_code(checkout: Path, folders: Sequence[Path]) -> list[Finding]:
    """All findings in the departments' code below ``checkout``, judged by the parameters of ``folders``."""
    read = list(sources(checkout))
    found = {finding for source in read for finding in numbers_in_code(source)}
    return sorted(found | set(parameters_are_asked_for(read, World(Documents(folders)).parameters)))


def concerns(file: Path, department: str) -> bool:
    """Whether a contract or source file is the department's by its name or folder."""
    named = (file.name, file.parent.name) if file.suffix != ".py" else file.parts
    return any(re.split(r"[.-]", part)[0] == department for part in named)
