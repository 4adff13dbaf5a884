"""The kinds of cases that the population office decides, in one place."""

from __future__ import annotations

from onewindow_kit.adverse.refused import compensation
from onewindow_kit.cases import Kind

from identity.domain import law
from identity.service import births, cards, entries, marriages, permits
from identity.service.casework import APPEAL, OFFICE

KINDS = (
    Kind(permits.KIND, OFFICE, law.PERMIT, APPEAL, permits.grant),
    Kind(births.KIND, OFFICE, law.BIRTH, APPEAL, births.grant),
    Kind(entries.KIND, OFFICE, law.VARIATION, APPEAL, entries.grant),
    Kind(cards.KIND, OFFICE, law.CARD, APPEAL, cards.grant, at_once="补领、换领由持证人申请，即时办理。"),
    Kind(marriages.MARRIAGE, OFFICE, law.MARRIAGE, APPEAL, marriages.grant),
    Kind(marriages.DIVORCE, OFFICE, law.DIVORCE, APPEAL, marriages.grant_divorce),
    compensation(OFFICE),
)
