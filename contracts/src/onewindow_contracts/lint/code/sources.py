"""The departments' source files, parsed: their tree, their comments by line, the department they belong to."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Source:
    """One file of ``services/<department>/src``; ``layer`` is the folder or file below the package (domain, service …)."""

    file: Path
    department: str
    layer: str
    tree: ast.Module
    comments: dict[int, str]


def sources(checkout: Path) -> Iterator[Source]:
    """Every file of every department in a stable order; one that does not parse is left to the interpreter."""
    for package in sorted((checkout / "services").glob("*/src/*/")):
        for file in sorted(package.rglob("*.py")):
            try:
                text = file.read_text(encoding="utf-8")
                tree = ast.parse(text)
            except (OSError, SyntaxError, ValueError):
                continue
            layer = file.relative_to(package).parts[0].removesuffix(".py")
            yield Source(file, package.name, layer, tree, comments(text))


def comments(text: str) -> dict[int, str]:
    """The comment at the end of each line that has one, without its mark."""
    if "#" not in text:
        return {}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {t.start[0]: t.string.lstrip("# ").rstrip() for t in tokens if t.type == tokenize.COMMENT}
