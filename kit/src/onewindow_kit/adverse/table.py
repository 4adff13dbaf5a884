"""Where a department keeps its adverse acts, and what it knows of people's open questions and disputes."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table, Text, text

from onewindow_kit.db import metadata

adverse_act = Table(
    "adverse_act",
    metadata,
    Column("urn", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("subject", Text, nullable=False, comment="pseudonym of this sector"),
    Column("officer", Text, comment="the author; null where the law itself acts"),
    Column("acted_on", Date, nullable=False, comment="the day in law on which it was written"),
    Column("data", LargeBinary, nullable=False, comment="the whole act as JSON, sealed"),
    Index("adverse_act_day", "authority", "acted_on", "subject", postgresql_where=text("officer is not null")),
    Index("adverse_act_state", "state", "urn"),
    Index("adverse_act_subject", "subject"),
    comment="what offices did to people, or tried to do",
)

adverse_matter = Table(
    "adverse_matter",
    metadata,
    Column("urn", Text, primary_key=True),
    Column("subject", Text, nullable=False, comment="pseudonym of this sector"),
    Column("authority", Text, nullable=False),
    Column("about", Text, comment="the record that is disputed"),
    Index("adverse_matter_subject", "subject", "authority"),
    Index("adverse_matter_about", "about"),
    comment="open questions and disputes of people against offices of this department",
)
