"""Cases: what somebody asks an office for, from the application to a decision with reason and remedy.

A department says which kinds there are and what granting one does; the steps, their deadlines and the record that
everybody concerned can follow are the same everywhere.
"""

from onewindow_kit.cases.case import Answer, Case, Decision, Party, State, Term
from onewindow_kit.cases.cases import Cases
from onewindow_kit.cases.kind import Kind

__all__ = ["Answer", "Case", "Cases", "Decision", "Kind", "Party", "State", "Term"]
