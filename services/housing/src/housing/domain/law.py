"""The numbers of the law as of one day: dated parameters, handed in so that an old case is judged by the old rule."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Law:
    """``consent_majority``: part of the shares that can dispose of the whole (Civil Code 301); ``freeze_years``: the
    longest freeze; ``first_refusal_days``: how long co-owners may decide after a share is offered (305, 306);
    ``objection_days``: how long an objection holds without a suit (220); ``advance_notice_days``: how long an advance
    notice holds once the registration that it secures has become possible (221)."""

    consent_majority: Fraction
    freeze_years: int
    first_refusal_days: int
    objection_days: int
    advance_notice_days: int
