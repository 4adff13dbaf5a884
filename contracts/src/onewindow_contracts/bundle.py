"""Joins a contract and all that it refers to into one document whose references are local.

Services, test tools and clients get the bundle; people write the parts. Two parts of one name stop it: a bundle that
picks one of them silently would promise something that nobody wrote. A department's contract is its root file
(`openapi/housing.v1.yaml`) and the parts in the folder of its name (`openapi/housing/fund.v1.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onewindow_contracts.documents import Documents, parse
from onewindow_contracts.errors import ContractError

KEPT = "x-problem-catalogue"  # other root extensions only hold YAML anchors, which mean nothing once expanded


def look_up(document: Any, pointer: str, file: Path) -> Any:
    """The node at a JSON Pointer; ContractError when there is none."""
    node = document
    for step in pointer.removeprefix("/").split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, dict) or key not in node:
            raise ContractError(file, pointer, "is referred to but does not exist")
        node = node[key]
    return node


class Collector:
    """Copies nodes, moves what they refer to beside them and rewrites the references."""

    def __init__(self, documents: Documents, place: Callable[[str, str], str]) -> None:
        self.documents, self.place = documents, place
        self.origin: dict[tuple[str, str], tuple[Path, str]] = {}
        self.parts: dict[tuple[str, str], Any] = {}

    def copy(self, node: Any, file: Path) -> Any:
        if isinstance(node, list):
            return [self.copy(item, file) for item in node]
        if not isinstance(node, dict):
            return node
        copied = {key: self.copy(value, file) for key, value in node.items() if key != "$ref"}
        if isinstance(node.get("$ref"), str):
            copied = {"$ref": self.reference(node["$ref"], file)} | copied
        mapping = node.get("mapping")
        if isinstance(mapping, dict) and "propertyName" in node:
            copied["mapping"] = {value: self.reference(ref, file) for value, ref in mapping.items()}
        return copied

    def reference(self, reference: str, file: Path) -> str:
        """Where the part that ``reference`` (written in ``file``) means stands in the bundle."""
        target, _, pointer = reference.partition("#")
        home = self.documents.resolve(target, file) if target else file
        match pointer.split("/"):
            case ["", "components", kind, name] | ["", ("$defs" as kind), name]:
                key = ("schemas" if kind == "$defs" else kind, name)
            case _:
                raise ContractError(
                    file,
                    reference,
                    "refer to '…#/components/<kind>/<Name>' or '…#/$defs/<Name>', never to a whole file",
                )
        part = look_up(parse(home), pointer, home)
        if isinstance(part, dict) and list(part) == ["$ref"] and part["$ref"].endswith(pointer):
            return self.reference(part["$ref"], home)  # an alias under the same name, as for `bearer`
        origin = (home, pointer)
        if self.origin.setdefault(key, origin) != origin:
            other, there = self.origin[key]
            raise ContractError(
                file, reference, f"the name {key[1]} already means {self.documents.show(other)}#{there}: rename one"
            )
        if key not in self.parts:
            self.parts[key] = None  # a schema may refer to itself
            self.parts[key] = self.copy(part, home)
        return self.place(*key)


def _kept(key: str) -> bool:
    return key == KEPT or not (key == "components" or key.startswith("x-"))


def department_of(file: Path) -> str:
    """Whose contract a file belongs to: an OpenAPI root, a part of one, or a record schema."""
    return file.name.split(".")[0] if file.parent.name == "openapi" else file.parent.name


def parts_of(documents: Documents, file: Path) -> list[Path]:
    """The root file ``file`` and its parts in every contracts folder, in a stable order."""
    return [file, *documents.files(f"openapi/{file.name.split('.')[0]}", (".yaml",))]


OF_A_TOKEN = ("proof-invalid", "proof-replayed", "token-revoked", "revocations-unknown")
"""Codes that whatever takes a token can answer: in the bundle of every such operation, written at none."""
OF_A_LOOK = (
    "purpose-unknown",
    "purpose-not-bound",
    "purpose-not-held",
    "purpose-void",
    "purpose-not-valid",
    "actor-missing",
    "case-missing",
    "case-malformed",
    "case-unexpected",
    "nothing-asked",
    "beyond-purpose",
    "actor-locked",
    "organisation-locked",
    "actor-budget-reached",
    "organisation-budget-reached",
    "usage-unknown",
    "entry-not-kept",
)
"""Codes of whatever shows people (``x-shows``), likewise; and the headers of its answers: the access entries, and what is disputed."""
ENTRY_HEADERS = {
    "Onewindow-Entry": "OnewindowEntry",
    "Onewindow-Entries": "OnewindowEntries",
    "Onewindow-Disputed": "OnewindowDisputed",
}


def bundle_openapi(documents: Documents, file: Path) -> dict[str, Any]:
    """One OpenAPI document: shared parts, record schemas and problem codes joined, `security` derived from `x-access`."""
    collector = Collector(documents, lambda kind, name: f"#/components/{kind}/{name}")
    bundle = collector.copy({k: v for k, v in parse(file).items() if _kept(k)}, file)
    for part in parts_of(documents, file):
        root = parse(part)
        if part != file:
            for key in ("paths", KEPT):
                _join(bundle.setdefault(key, {}), collector.copy(root.get(key) or {}, part), part, key)
        for kind, parts in root.get("components", {}).items():
            for name in parts:
                collector.reference(f"#/components/{kind}/{name}", part)
    components: dict[str, dict[str, Any]] = {}
    for (kind, name), part in sorted(collector.parts.items()):
        components.setdefault(kind, {})[name] = part
    bundle["components"] = components
    common = documents.resolve("common.v1.yaml", file)
    if common != file and common.exists():
        shared = parse(common)
        components.setdefault("securitySchemes", {}).update(shared["components"]["securitySchemes"])
        own = bundle.get(KEPT, {})
        bundle[KEPT] = dict(sorted((shared[KEPT] | own).items()))
        bundle.setdefault("security", [{"bearer": []}])
    for operation in operations(bundle).values():
        if operation.get("x-access") == ["public"]:
            operation.setdefault("security", [])
        codes = operation.get("x-problems")
        if isinstance(codes, list) and "unauthenticated" in codes:
            codes.extend(code for code in OF_A_TOKEN if code not in codes and code in bundle.get(KEPT, {}))
        if isinstance(operation.get("x-shows"), (list, dict)) and operation["x-shows"] and common.exists():
            _look(operation, bundle, parse(common))
    return bundle


def _look(operation: dict[str, Any], bundle: dict[str, Any], shared: dict[str, Any]) -> None:
    """What every look answers with, written at none."""
    codes = operation.get("x-problems")
    if isinstance(codes, list):
        codes.extend(code for code in OF_A_LOOK if code not in codes and code in bundle.get(KEPT, {}))
    headers = bundle["components"].setdefault("headers", {})
    known = {name: part for name, part in ENTRY_HEADERS.items() if part in shared["components"].get("headers", {})}
    for status, answer in operation.get("responses", {}).items():
        if str(status).startswith("2") and isinstance(answer, dict) and "$ref" not in answer:
            named = answer.setdefault("headers", {})
            for name, part in known.items():
                headers.setdefault(part, shared["components"]["headers"][part])
                named.setdefault(name, {"$ref": f"#/components/headers/{part}"})


def _join(whole: dict[str, Any], part: dict[str, Any], file: Path, key: str) -> None:
    if twice := whole.keys() & part.keys():
        raise ContractError(
            file, f"/{key}", f"also stands in another part of this contract: {', '.join(sorted(twice))}"
        )
    whole.update(part)


def bundle_schema(documents: Documents, reference: str, referrer: Path) -> dict[str, Any]:
    """One JSON Schema document: `$ref` to the schema meant, all others under `$defs`; siblings of `$ref` are kept."""
    collector = Collector(documents, lambda _kind, name: f"#/$defs/{name}")
    root = collector.reference(reference, referrer)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": root,
        "$defs": {name: part for (_, name), part in sorted(collector.parts.items())},
    }


METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """(path, method) -> operation."""
    return {
        (path, method): item[method]
        for path, item in (document.get("paths") or {}).items()
        for method in METHODS
        if isinstance(item, dict) and isinstance(item.get(method), dict)
    }
