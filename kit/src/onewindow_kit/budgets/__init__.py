"""Budgets of distinct people per acting person and organisation, shared by the processes of one node.

A budget is a fold of access entries over (budget, clock hour or legal day, subject). What this node shows is counted before
its entry is written, so the workers of a node never show more than a budget together; what other nodes show is folded in
from the record of access, so between nodes a budget can be overshot by what they show within the time that an entry takes.
"""

from onewindow_kit.budgets.asking import Asked, asked, what
from onewindow_kit.budgets.budgets import Budgets
from onewindow_kit.budgets.claim import Claim
from onewindow_kit.budgets.fold import Fold
from onewindow_kit.budgets.patterns import Thresholds
from onewindow_kit.budgets.periods import Periods
from onewindow_kit.budgets.raising import Raising
from onewindow_kit.budgets.watch import Watch

__all__ = ["Asked", "Budgets", "Claim", "Fold", "Periods", "Raising", "Thresholds", "Watch", "asked", "what"]
