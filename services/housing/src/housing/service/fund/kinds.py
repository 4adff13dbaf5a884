"""The fund's kinds of cases."""

from onewindow_kit.cases import Kind

from housing.service.fund import inheritances, loan_cases, memberships, withdrawals
from housing.service.fund.books import OFFICE

REMEDY = "可在收到决定之日起六十日内申请行政复议，或在六个月内提起行政诉讼。 / Administrative review within 60 days of the decision, or a suit within six months."

KINDS = (
    Kind(withdrawals.KIND, OFFICE, withdrawals.WITHDRAWAL, REMEDY, grant=withdrawals.grant, ended=withdrawals.ended),
    Kind(loan_cases.KIND, OFFICE, loan_cases.LOAN, REMEDY, grant=loan_cases.grant),
    Kind(
        inheritances.KIND, OFFICE, inheritances.INHERITANCE, REMEDY, grant=inheritances.grant, ended=inheritances.ended
    ),
    Kind(
        memberships.KIND,
        OFFICE,
        memberships.MEMBERSHIP,
        REMEDY,
        grant=memberships.grant,
        at_once="符合缴存条件，即时办结。 / The conditions are met; granted at once.",
    ),
)
