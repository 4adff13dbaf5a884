"""The register's rows: each is a record's present state, or a case behind one. Numbers, names, addresses and papers are sealed."""

from identity.tables.cases import Correction, NumberConflict, Papers
from identity.tables.households import Household, Registration
from identity.tables.issued import Assertion, Code
from identity.tables.links import LinkDecision
from identity.tables.organisations import Organisation, OrganisationPseudonym, Representation
from identity.tables.papers import Card, Kinship, Move
from identity.tables.persons import Identification, Person, Pseudonym
from identity.tables.residence import Permit, Stay

__all__ = [
    "Assertion",
    "Card",
    "Code",
    "Correction",
    "Household",
    "Identification",
    "Kinship",
    "LinkDecision",
    "Move",
    "NumberConflict",
    "Organisation",
    "OrganisationPseudonym",
    "Papers",
    "Permit",
    "Person",
    "Pseudonym",
    "Registration",
    "Representation",
    "Stay",
]
