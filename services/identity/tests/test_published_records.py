"""Everything that was published follows its contract, and the tables are what the migrations made."""

from pathlib import Path
from typing import Any

import orjson
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from identity import tables
from onewindow_contracts import loader
from onewindow_contracts.validation import validator
from onewindow_kit import db
from sqlalchemy import text
from sqlmodel import SQLModel

SRC = Path(__file__).resolve().parents[1] / "src" / "identity"


async def test_every_record_follows_its_schema_and_every_link_names_each_sector(
    app: Any, town: Any, office: Any
) -> None:
    household, head = await town.household()
    spouse = await town.member(household)
    child = await town.child(household, head)
    await office.done(f"/v1/persons/{child['person']}/cards", {"reason": "first"})
    move = await office.done("/v1/moves", {"person": spouse["person"], "to_division": "330105", "reason": "work"})
    await office.done(f"/v1/moves/{move['urn']}/certificate", {}, version=move["version"])
    contracts = loader.load()
    seen = set()
    for topic in contracts.topics.values():
        if topic.department != "identity" or topic.kind != "record":
            continue
        check = validator(contracts.record_schema(topic.topic))
        cursor = None
        while True:
            async with app.state.sessions() as session:
                page = await app.state.records.snapshot(session, topic.topic, cursor, 500)
            for envelope in map(orjson.loads, page.envelopes):
                errors = [error.message for error in check.iter_errors(envelope)]
                assert not errors, (topic.topic, errors)
                seen.add(topic.record_type)
            if (cursor := page.next) is None:
                break
    assert {"person", "identification", "household", "household-registration", "link", "move", "kinship"} <= seen


async def test_rows_and_records_agree_on_versions(app: Any) -> None:
    """The version in each table is the published one: an ETag is true."""
    async with app.state.sessions() as session:
        connection = await session.connection()
        for table in ("person", "identification", "household", "registration", "move", "card", "kinship"):
            query = f"select count(*) from {table} t left join record r on r.urn = t.urn where r.version is distinct from t.version"
            assert (await connection.execute(text(query))).scalar_one() == 0, table


async def test_the_migrated_database_is_what_the_tables_say(app: Any) -> None:
    def differences(connection: Any) -> list[Any]:
        known = {table.name for table in db.metadata.tables.values()} | {"alembic_version"}
        own = {
            model.__tablename__
            for model in vars(tables).values()
            if isinstance(model, type) and issubclass(model, SQLModel)
        }

        def include(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
            return kind != "table" or (name in own and name not in known)

        context = MigrationContext.configure(connection, opts={"include_object": include})
        return compare_metadata(context, SQLModel.metadata)

    async with app.state.sessions() as session:
        assert await (await session.connection()).run_sync(differences) == []


async def test_what_names_a_person_is_sealed_in_every_table(app: Any, town: Any, current_number: Any) -> None:
    _, person = await town.household(name="藏名氏")
    needles = ["藏名氏".encode().hex(), current_number(person).encode().hex()]
    async with app.state.sessions() as session:
        connection = await session.connection()
        names = (
            await connection.execute(text("select tablename from pg_tables where schemaname = 'public'"))
        ).scalars()
        for name in list(names):
            dump = (
                await connection.execute(text(f"select encode(convert_to(t::text, 'UTF8'), 'hex') from {name} t"))
            ).scalars()
            for row in dump:
                plain = bytes.fromhex(row)
                for needle in needles:
                    assert bytes.fromhex(needle) not in plain, name
                    assert needle.encode() not in plain, f"{name}: bytea"
