"""Naming a person: sector pseudonyms, introductions between sectors, and the client that asks identity."""

from onewindow_kit.pseudonyms.client import IdentityClient, PersonNotFound
from onewindow_kit.pseudonyms.credential import Credential
from onewindow_kit.pseudonyms.introductions import InvalidIntroduction, introduction, open_introduction
from onewindow_kit.pseudonyms.pseudonym import Pseudonym, is_organisation

__all__ = [
    "Credential",
    "IdentityClient",
    "InvalidIntroduction",
    "PersonNotFound",
    "Pseudonym",
    "introduction",
    "is_organisation",
    "open_introduction",
]
