"""Pitso: offline field work for peer teams that help local governments found their association."""

__version__ = "0.1.0"
