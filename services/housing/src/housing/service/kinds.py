"""Every kind of case that the department knows: the one place where they are listed."""

from onewindow_kit.adverse.refused import compensation
from onewindow_kit.cases import Kind

from housing.service import split_review
from housing.service.applications import inheritance, mortgage, rights, share, transfer
from housing.service.fund import kinds as fund
from housing.service.registry import OFFICE

TITLES = (
    transfer.KIND,
    share.KIND,
    mortgage.KIND,
    mortgage.PAYOFF,
    rights.RESIDENCE_KIND,
    rights.NOTICE_KIND,
    rights.OBJECTION_KIND,
    rights.RENAMING_KIND,
    inheritance.KIND,
    inheritance.JUDGMENT_KIND,
    split_review.KIND,
)
KINDS: tuple[Kind, ...] = (*TITLES, *fund.KINDS, compensation(OFFICE))
