"""The refusals of the plate lottery, each with its stable code; the contract lists them (``x-problem-catalogue``)."""

from __future__ import annotations

from onewindow_kit.problems import Conflict


class LotteryFrozen(Conflict):
    code, title = "lottery-frozen", "The list of entries is frozen"
    remedy = "Wait for the next pool; what is frozen stays as it is."


class LotteryNotFrozen(Conflict):
    code, title = "lottery-not-frozen", "The list of entries is not frozen yet"
    remedy = "Wait for the freeze: nothing is revealed or drawn before the root is published."


class FreezeTooEarly(Conflict):
    code, title = "freeze-too-early", "The pool's day of freezing has not come"
    remedy = "Freeze on the announced day or later."


class EntryExists(Conflict):
    code, title = "entry-exists", "The applicant already has an entry in this pool"
    remedy = "A person has one entry in a pool; withdraw it to leave."


class EntryStateForbids(Conflict):
    code, title = "entry-state-forbids", "The entry's present state does not allow this"
    remedy = "Read the entry again: only one that is not frozen is withdrawn."


class PartyUnknown(Conflict):
    code, title = "party-unknown", "The pool has no party of this name"
    remedy = "Take a name from the parties published at the opening."


class PartyTwice(Conflict):
    code, title = "party-twice", "A party is named twice"
    remedy = "Name each party once, each with a key of its own."


class PartiesTooFew(Conflict):
    code, title = "parties-too-few", "There are fewer parties than the rules demand"
    remedy = "Name at least as many parties as the dated parameter says."


class AlreadyCommitted(Conflict):
    code, title = "already-committed", "This party has committed already"
    remedy = "A commitment stays as it is."


class CommitmentUnsigned(Conflict):
    code, title = "commitment-unsigned", "The signature does not fit the party's key"
    remedy = "Sign the commitment with the key whose public half was published."


class CommitmentsMissing(Conflict):
    code, title = "commitments-missing", "A party has not committed yet"
    remedy = "All commitments come before the freeze."


class RevealMismatch(Conflict):
    code, title = "reveal-mismatch", "The revealed secret does not fit the commitment"
    remedy = "Reveal exactly what was committed to."


class AlreadyRevealed(Conflict):
    code, title = "already-revealed", "This party has revealed already"
    remedy = "What was revealed stays as it is."


class RevealTooLate(Conflict):
    code, title = "reveal-too-late", "Reveals ended when the public value became known"
    remedy = "A missing reveal is replaced by its commitment; nothing is drawn anew."


class PublicValueKnown(Conflict):
    code, title = "public-value-known", "The public value is known before the list is frozen"
    remedy = "Name a value that will only be published after the freeze."


class RevealTimeTooShort(Conflict):
    code, title = "reveal-time-too-short", "The public value comes so soon that no party could reveal"
    remedy = "Name a value that comes later; the dated parameter transport.lottery-reveal-seconds says how much."


class DrawTooEarly(Conflict):
    code, title = "draw-too-early", "The public value is not known yet"
    remedy = "Draw after the moment that was named at the freeze."


class LotteryDrawn(Conflict):
    code, title = "lottery-drawn", "The pool has been drawn"
    remedy = "A pool is drawn once and never again."


class LotteryNotDrawn(Conflict):
    code, title = "lottery-not-drawn", "The pool has not been drawn yet"
    remedy = "Draw before giving quotas."


class LotteryAwarded(Conflict):
    code, title = "lottery-awarded", "The pool's quotas have been given"
    remedy = "Quotas are given once."


class EntriesAltered(Conflict):
    code, title = "entries-altered", "The list of entries does not fit the published root"
    remedy = "Stop; have the supervisor find out who changed the list."


class PlateQuotaMissing(Conflict):
    code, title = "plate-quota-missing", "Registering this car needs a live quota"
    remedy = "Win a quota in the lottery first, or choose a car that needs none."
