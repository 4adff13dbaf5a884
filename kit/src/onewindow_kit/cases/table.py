"""Where a department keeps its cases: what is searched for stands open, everything else is sealed."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from onewindow_kit.db import metadata

case_file = Table(
    "case_file",
    metadata,
    Column("urn", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("people", ARRAY(Text), nullable=False, comment="pseudonyms of applicant and parties"),
    Column("applied_on", Date, nullable=False),
    Column("respond_by", Date),
    Column("decide_by", Date),
    Column("data", LargeBinary, nullable=False, comment="the whole case as JSON, sealed"),
    Index("case_file_state", "state", "urn"),
    Index("case_file_people", "people", postgresql_using="gin"),
    comment="cases: applications, their parties and the decisions on them",
)
