"""What the command line says: remedies that name the instance meant, and each thing once."""

from pathlib import Path

import pytest
from onewindow_local import wording
from onewindow_local.errors import LocalError
from onewindow_local.instance import CHECKOUT, Instance, must_run


@pytest.mark.parametrize(
    ("folder", "port", "command"),
    [
        (CHECKOUT / ".onewindow-60001", 60001, "./onewindow up --detach --port 60001,"),
        (Path("/nowhere/at all"), 8700, "./onewindow up --detach --data '/nowhere/at all',"),
    ],
)
def test_the_remedy_starts_the_instance_that_was_asked_for(folder: Path, port: int, command: str) -> None:
    with pytest.raises(LocalError) as refused:
        must_run(Instance(folder, port))
    assert command in refused.value.remedy


def test_a_part_that_repeats_the_role_is_said_once() -> None:
    assert wording.standing("identity.kinship.v1", {"role": "parent", "part": "parent"}) == "父母 parent"
    assert wording.standing("housing.title.v1", {"role": "owner", "part": "2/3"}).endswith(" 2/3")


def test_a_case_is_told_in_words() -> None:
    asked = {"label": {"zh": "成交价", "en": "price"}, "value": "¥3,000,000.00"}
    rows = wording.rows("housing.case.v1", {"kind": "transfer", "terms": [asked]})
    told = [(row.depth, row.label, row.text) for row in rows]
    assert told[0][2].startswith("转移登记 "), "the matter by its department's own list"
    assert (1, "成交价 price", "¥3,000,000.00") in told, "what a party is asked to agree to"
