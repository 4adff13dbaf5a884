"""What the company register refuses, by its own codes."""

from __future__ import annotations

from onewindow_kit.problems import Conflict, NotFound


class OrganisationNotFound(NotFound):
    code, title = "organisation-not-found", "No organisation answers to this"
    remedy = "Check the code; an organisation whom this credential may not ask about looks the same as none."


class OrganisationExists(Conflict):
    code, title = "organisation-exists", "An organisation with this code is registered already"
    remedy = "One code belongs to one organisation for ever, also after its end: look it up."


class OrganisationDissolved(Conflict):
    code, title = "organisation-dissolved", "The organisation is dissolved"
    remedy = "Nothing about it can change any more and nobody represents it."


class NaturalPersonRequired(Conflict):
    code, title = "natural-person-required", "Only a natural person can be this"
    remedy = "Name a human being: an organisation is no kin, no member of a household and represents nobody."


class RepresentsAlready(Conflict):
    code, title = "represents-already", "The person represents the organisation already"
    remedy = "End the present representation first to give other powers or another term."


class RepresentationEnded(Conflict):
    code, title = "representation-ended", "The representation has ended already, or the representative cannot end it"
    remedy = "A legal representative is replaced by the register."


class RepresentativeUnderAge(Conflict):
    code, title = "representative-under-age", "A minor cannot represent an organisation"
    remedy = "Name an adult with full capacity."
