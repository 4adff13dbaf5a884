"""What this sector was told of people."""

from datetime import date

from sqlmodel import Field

from transport.tables.base import Table


class Deceased(Table, table=True):
    """People whose death identity has reported to this sector."""

    __tablename__ = "deceased"

    pseudonym: str = Field(primary_key=True)
    died_on: date
