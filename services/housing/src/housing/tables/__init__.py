"""The department's tables, one idea a file. A new file adds its rows to ``TABLES``."""

from housing.tables.base import HOLDER, Row
from housing.tables.cases import ApplicationRow, OfferRow, RenunciationRow
from housing.tables.fund import FUND_TABLES
from housing.tables.rights import AdvanceNoticeRow, ObjectionRow, ResidenceRightRow
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

_TITLE = (TitleRow, HoldingRow, MortgageRow, FreezeRow, DeceasedRow, CertificateRow)
_RIGHTS = (ObjectionRow, AdvanceNoticeRow, ResidenceRightRow)
_CASES = (OfferRow, ApplicationRow, RenunciationRow)
TABLES = (*_TITLE, *_RIGHTS, *_CASES, *FUND_TABLES)

__all__ = [
    "HOLDER",
    "TABLES",
    "AdvanceNoticeRow",
    "ApplicationRow",
    "CertificateRow",
    "DeceasedRow",
    "FreezeRow",
    "HoldingRow",
    "MortgageRow",
    "ObjectionRow",
    "OfferRow",
    "RenunciationRow",
    "ResidenceRightRow",
    "Row",
    "TitleRow",
    "certificate_number",
    "entry_certificate_number",
]
