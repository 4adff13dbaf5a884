"""Keys: one file per holder, and the one place that hands them out. Outside dumps and backups."""

from onewindow_kit.keyring.holder import Keyring, NoKey
from onewindow_kit.keyring.provision import provision, rotate

__all__ = ["Keyring", "NoKey", "provision", "rotate"]
