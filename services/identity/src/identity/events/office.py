"""The office that answers for identity's records, and its clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from onewindow_contracts.loader import Contracts
from onewindow_kit import clock
from onewindow_kit.keyring import Keyring
from onewindow_kit.records import Records, new_urn

NAME = "population-office"
COMPANY_REGISTER = "company-register"
DEPARTMENT = "identity"
_NOTICE = "notice-"


@dataclass(frozen=True)
class Office:
    """``notices`` maps a recipient sector to the topic that only it can open; ``name`` is the office's local one."""

    records: Records
    notices: Mapping[str, str]
    time_zone: str = "Asia/Shanghai"
    name: str = NAME

    @classmethod
    def of(cls, contracts: Contracts, keyring: Keyring, instance: str, time_zone: str) -> Office:
        """Its notices go to whichever sectors have a topic for them."""
        notices = {
            topic.record_type.removeprefix(_NOTICE): topic.topic
            for topic in contracts.topics.values()
            if topic.department == DEPARTMENT and topic.record_type and topic.record_type.startswith(_NOTICE)
        }
        return cls(Records(keyring, instance), notices, time_zone)

    @property
    def authority(self) -> str:
        return f"{self.records.instance}.{self.name}"

    @property
    def company_register(self) -> Office:
        """The office beside this one that answers for organisations."""
        return replace(self, name=COMPANY_REGISTER)

    def urn(self, record_type: str) -> str:
        return new_urn(self.authority, record_type)

    def today(self) -> date:
        """The legal day at the office."""
        return clock.today(self.time_zone)
