"""What is refused of merges and splits, by its own codes."""

from __future__ import annotations

from onewindow_kit.problems import Conflict


class MergedWithSelf(Conflict):
    code, title = "person-merged-with-self", "A person cannot be merged with themself"
    remedy = "Both pseudonyms name one entry, perhaps since an earlier merge: name two entries."


class MergedAlready(Conflict):
    code, title = "person-merged-already", "This entry was merged into another already"
    remedy = "Name the surviving entry by its present pseudonym."


class DeadWithAlive(Conflict):
    code, title = "merge-dead-with-alive", "One of the two is registered as dead"
    remedy = "If they are one, say so by dead_with_alive: the survivor's standing holds."


class NumberContested(Conflict):
    code, title = "merge-number-contested", "A number of one of the two is contested by a third person"
    remedy = "Decide the conflict of numbers first."


class KinOfEachOther(Conflict):
    code, title = "merge-kin", "A kinship between the two is in force"
    remedy = "Nobody is their own kin: end or correct that kinship first."


class BothMarried(Conflict):
    code, title = "merge-bigamy", "Both are married to different persons"
    remedy = "Correct the marriages first."


class SplitOfNothing(Conflict):
    code, title = "split-of-nothing", "Nothing would go with the person who leaves"
    remedy = "Name the merge that is undone or the records that go along."


class NotTheirs(Conflict):
    code, title = "split-not-theirs", "A record named is not one of this person's"
    remedy = "Name only records of this person: numbers, registrations, cards, kinship, moves and the like."


class MergeUnknown(Conflict):
    code, title = "split-merge-unknown", "No such merge of this person can be undone"
    remedy = "Merges are undone in reverse order: undo a later one first."


class LeaverRequired(Conflict):
    code, title = "split-leaver-required", "Who leaves is not stated"
    remedy = "State one of the two: the merge that is undone, or the entries of who leaves."


class DecisionTaken(Conflict):
    code, title = "link-decision-taken", "This merge or split is decided already"
    remedy = "Read it again."
