"""Keys: one file per holder, and the one place that hands them out. Outside dumps and backups."""

from onewindow_kit.keyring.holder import IssuerKeys, Keyring, NoKey
from onewindow_kit.keyring.provision import provision
from onewindow_kit.keyring.rotation import rotate

__all__ = ["IssuerKeys", "Keyring", "NoKey", "provision", "rotate"]
