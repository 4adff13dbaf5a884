"""Firms of the sample become employers in the provident fund; the rest of their history is imported."""

from onewindow_local.sample.commands import Offices, unless_done_before
from onewindow_local.sample.work import Firm

OFFICE = "provident-fund"


async def enrol(at: Offices, firm: Firm) -> None:
    """With the two rates that hold for all whom the firm pays for."""
    with unless_done_before("employer-enrolled-already"):
        await at.post(
            OFFICE,
            "housing",
            "/v1/fund-employers",
            {
                "organisation": await at.pseudonym(OFFICE, firm),
                "name": firm.name,
                "uscc": firm.number,
                "employer_rate": firm.employer_rate,
                "employee_rate": firm.employee_rate,
                "since": firm.founded_on.isoformat(),
                "legal_basis": "住房公积金管理条例 第十四条",
            },
        )
