"""The department's tables, one idea a file. A new file adds its rows to ``TABLES``."""

from housing.tables.base import HOLDER, Row
from housing.tables.title import (
    CertificateRow,
    DeceasedRow,
    FreezeRow,
    HoldingRow,
    MortgageRow,
    TitleRow,
    certificate_number,
    entry_certificate_number,
)

TABLES = (TitleRow, HoldingRow, MortgageRow, FreezeRow, DeceasedRow, CertificateRow)

__all__ = [
    "HOLDER",
    "TABLES",
    "CertificateRow",
    "DeceasedRow",
    "FreezeRow",
    "HoldingRow",
    "MortgageRow",
    "Row",
    "TitleRow",
    "certificate_number",
    "entry_certificate_number",
]
