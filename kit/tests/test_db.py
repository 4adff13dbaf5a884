"""The department's database, and what happens when its connections go."""

import asyncpg
import pytest
from onewindow_kit import db, migrations
from onewindow_kit.failures import trace
from onewindow_kit.testing import fresh_database
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from .conftest import eventually


async def test_a_pooled_connection_that_went_is_replaced_before_use() -> None:
    async with fresh_database("kit") as url:
        engine = db.create_engine(url, pool_size=1)
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
        admin = await asyncpg.connect(db.plain_url(url))
        await admin.execute("select pg_terminate_backend($1)", driver.get_server_pid())
        await admin.close()
        await eventually(driver.is_closed)
        async with db.session_factory(engine)() as session:
            assert (await (await session.connection()).exec_driver_sql("select 1")).scalar_one() == 1
        await engine.dispose()


async def test_a_failing_statement_is_told_without_its_values() -> None:
    async with fresh_database("kit") as url, db.opened(url, pool_size=1) as sessions, sessions() as session:
        with pytest.raises(DBAPIError) as failed:
            await session.execute(text("select cast(cast(:value as text) as int)"), {"value": "王芳"})
    assert failed.value.hide_parameters
    told = trace(failed.value)
    assert "王芳" in str(failed.value.orig), "the message quotes it, which is why a trace leaves it out"
    assert "王芳" not in " ".join(told)
    assert "DBAPIError at " in told[0]
    assert "test_a_failing_statement_is_told_without_its_values" in told[0]
    assert any(one.startswith("InvalidTextRepresentationError at ") for one in told)


async def test_the_kits_tables_come_and_go() -> None:
    async with fresh_database("kit") as url:
        engine = db.create_engine(url, pool_size=1)
        async with engine.begin() as connection:
            there = (migrations.v1, migrations.v2, migrations.v3)
            back = (migrations.v3_down, migrations.v2_down, migrations.v1_down)
            for step in (*there, *back, *there):
                await connection.run_sync(lambda bind, step=step: step(_Operations(bind)))
            found = await connection.exec_driver_sql("select tablename from pg_tables where schemaname = 'public'")
            assert {row.tablename for row in found} == set(db.metadata.tables)
        await engine.dispose()


class _Operations:
    def __init__(self, bind) -> None:
        self._bind = bind

    def get_bind(self):
        return self._bind
