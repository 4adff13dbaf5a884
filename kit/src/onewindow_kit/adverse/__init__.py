"""Adverse acts: what an office does to a person only with a basis of its own, evidence, an author and, where it takes
something away, a second officer of another unit. Too many in a day, or one against somebody who disputes, waits for the
supervisor. Every attempt stands in the person's record; what was wrong is undone, and made good.
"""

from onewindow_kit.adverse.act import Act, Officer, Ruling
from onewindow_kit.adverse.acts import COMPENSATION, Acts, Wanted
from onewindow_kit.adverse.basis import Bases, Basis
from onewindow_kit.adverse.kind import Effect, Kind

__all__ = ["COMPENSATION", "Act", "Acts", "Bases", "Basis", "Effect", "Kind", "Officer", "Ruling", "Wanted"]
