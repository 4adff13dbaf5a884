"""Pydantic models from contracts: `models/<department>.py` and, from its parts, `models/<department>_<part>.py`;
`models/records/<department>_<type>.py` from record schemas.

Everything is generated into memory first, so that `check` compares what `generate` would write.
"""

from __future__ import annotations

import re
import shlex
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from onewindow_contracts.bundle import department_of
from onewindow_contracts.documents import Documents, parse
from onewindow_contracts.errors import ContractError
from onewindow_contracts.loader import HOME

MODELS = Path(__file__).resolve().parent / "models"
PACKAGE = "onewindow_contracts.models"
_COMMON = "onewindow_contracts.common"
_REFERENCE = re.compile(r"""\$ref["']?\s*:\s*["']?([^#"'\s{}]+)#""")
_FLAGS = shlex.split("""
    --output-model-type pydantic_v2.BaseModel --target-python-version 3.11 --disable-timestamp --use-annotated
    --field-constraints --enum-field-as-literal all --use-type-alias --use-schema-description
    --formatters ruff-check ruff-format --use-title-as-name --strict-nullable --use-exact-imports --strict-refs
    --naming-strategy primary-first --base-class onewindow_contracts.common.Contract --strict-types int bool
    --allow-remote-refs --ignore-pyproject
""")


def generate(department: str | None = None, home: Path = HOME) -> tuple[dict[Path, str], list[ContractError]]:
    """(file below ``models/`` -> text, contracts that cannot be generated), for one department or all."""
    documents = Documents([home])
    made: dict[Path, str] = {}
    failed: list[ContractError] = []
    with tempfile.TemporaryDirectory() as scratch:
        for file, target in _targets(documents, department):
            try:
                made[target] = _generate(documents, file, Path(scratch) / "model.py")
            except ContractError as error:
                failed.append(error)
    return made, failed


def target_of(file: Path, home: Path) -> Path:
    """Where the models of a contract file go: `housing.py`, `housing_fund.py`, `records/housing_title.py`."""
    name = file.name.split(".")[0].replace("-", "_")
    if file.parent == home / "openapi":
        return Path(f"{name}.py")
    of_department = Path(f"{file.parent.name.replace('-', '_')}_{name}.py")
    return of_department if file.parent.parent == home / "openapi" else Path("records") / of_department


def _targets(documents: Documents, department: str | None) -> Iterator[tuple[Path, Path]]:
    files = [*documents.files("records", (".json",)), *documents.files("openapi", (".yaml",))]
    for file in files:
        if file.name == "common.v1.yaml":
            continue
        if file.suffix == ".yaml" and not (parse(file).get("components") or {}).get("schemas"):
            continue  # a part whose operations take and give shared schemas only
        if department in (None, department_of(file)):
            yield file, target_of(file, documents.folders[0])


def _mapping(documents: Documents, file: Path) -> Iterator[str]:
    """``reference as written=module`` for every file that this one refers to."""
    for reference in sorted(set(_REFERENCE.findall(file.read_text(encoding="utf-8")))):
        home = documents.resolve(reference, file)
        if not home.exists():
            raise ContractError(file, reference, "refers to a file that does not exist")
        if home.name == "common.v1.yaml":
            module = _COMMON
        else:
            module = f"{PACKAGE}.{'.'.join(target_of(home, documents.folders[0]).with_suffix('').parts)}"
        yield f"{reference.removeprefix('./')}={module}"


def _generate(documents: Documents, file: Path, scratch: Path) -> str:
    from datamodel_code_generator.__main__ import Exit, main  # a development tool: not at import of the package

    shown = documents.show(file)
    record = ["--input-file-type", "jsonschema", "--skip-root-model"]
    kind = record if file.suffix == ".json" else ["--input-file-type", "openapi"]
    header = f"# Generated from {shown} by `onewindow contracts generate`; do not edit."
    arguments = ["--input", str(file), "--output", str(scratch), "--custom-file-header", header]
    if mapping := list(_mapping(documents, file)):
        arguments += ["--external-ref-mapping", *mapping]  # once: a second option would replace the first
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # formats that only our own types check: share, uscc, vin
        if main([*arguments, *kind, *_FLAGS]) != Exit.OK:
            raise ContractError(file, "", "models cannot be generated; the generator's message stands above")
    return scratch.read_text(encoding="utf-8")


def existing(department: str | None = None) -> set[Path]:
    """The generated files that are there now, below ``models/``."""
    found = {p.relative_to(MODELS) for p in MODELS.rglob("*.py") if p.name != "__init__.py"}
    if department is None:
        return found
    name = department.replace("-", "_")
    return {p for p in found if p == Path(f"{name}.py") or p.name.startswith(f"{name}_")}


def stray(made: dict[Path, str], department: str | None, home: Path = HOME) -> set[Path]:
    """Committed models whose contract is gone."""
    wanted = {target for _, target in _targets(Documents([home]), department)}
    return existing(department) - wanted - set(made)


def write(made: dict[Path, str], department: str | None) -> list[Path]:
    """Writes what changed and removes what has no contract any more; returns the files touched."""
    touched = []
    for package in (MODELS, MODELS / "records"):
        package.mkdir(parents=True, exist_ok=True)
        init = package / "__init__.py"
        if not init.exists():
            init.write_text(
                '"""Generated models; the files beside this one are not edited by hand."""\n', encoding="utf-8"
            )
    for path, text in made.items():
        file = MODELS / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            touched.append(path)
    for path in stray(made, department):
        (MODELS / path).unlink()
        touched.append(path)
    return sorted(touched)


def drift(made: dict[Path, str], department: str | None) -> list[Path]:
    """The committed files that differ from what the contracts say now."""
    stale = {p for p, text in made.items() if not (MODELS / p).exists() or (MODELS / p).read_text("utf-8") != text}
    return sorted(stale | stray(made, department))
