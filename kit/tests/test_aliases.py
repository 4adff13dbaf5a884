"""Two persons become one and are parted again: records go back where they came from, or are open for a decision."""

from onewindow_kit import aliases

ANNA, BELLA, CARA, STAYS, LEAVES = (f"housing.1.{name}" for name in ("anna", "bella", "cara", "stays", "leaves"))


async def test_merges_are_followed_and_a_split_undoes_one_exactly(department) -> None:
    async with department.sessions() as session, session.begin():
        await aliases.merged(session, BELLA, ANNA, ["b1", "both"], ["a1", "both"])
        await aliases.merged(session, CARA, ANNA, ["c1"], ["a1", "b1", "both", "between"])
        assert await aliases.resolve(session, BELLA) == await aliases.resolve(session, CARA) == ANNA
        assert await aliases.resolve(session, "housing.1.nobody") == "housing.1.nobody"
        everything = ["a1", "b1", "c1", "both", "between", "later"]
        assert await aliases.split(session, ANNA, STAYS, LEAVES, [BELLA], everything) == {
            "a1": "stays",
            "b1": "leaves",
            "both": "stays",
            "c1": "contested",
            "between": "contested",
            "later": "contested",
        }
        assert await aliases.resolve(session, BELLA) == LEAVES
        assert await aliases.resolve(session, CARA) == STAYS
        assert await aliases.resolve(session, ANNA) == ANNA, "the old name stands for nobody"


async def test_a_split_without_a_merge_leaves_everything_to_be_decided(department) -> None:
    async with department.sessions() as session, session.begin():
        assert await aliases.split(session, ANNA, STAYS, LEAVES, [], ["a1"]) == {"a1": "contested"}


async def test_a_chain_of_merges_leads_to_the_last_name(department) -> None:
    async with department.sessions() as session, session.begin():
        await aliases.merged(session, CARA, BELLA, ["c1"], [])
        await aliases.merged(session, BELLA, ANNA, ["c1"], [])
        await aliases.merged(session, BELLA, ANNA, ["c1"], [])
        assert await aliases.resolve(session, CARA) == ANNA
        assert await aliases.split(session, ANNA, STAYS, LEAVES, [BELLA, CARA], ["c1"]) == {"c1": "leaves"}
        assert await aliases.resolve(session, CARA) == LEAVES
        assert [await aliases.is_former(session, each) for each in (BELLA, ANNA, STAYS)] == [True, True, False]
        assert await aliases.resolve(session, ANNA) == ANNA
        assert await aliases.split(session, ANNA, STAYS, LEAVES, [BELLA, CARA], ["c1"]) == {"c1": "leaves"}
        assert await aliases.resolve(session, ANNA) == ANNA, "told twice it is still nobody's"
