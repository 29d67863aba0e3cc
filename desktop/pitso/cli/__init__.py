"""The same deeds without a window: what scripts, offices and tests call.

Exit status 0: done. 1: trouble, told in one sentence with what to do next. 2: wrong usage.
"""

from pitso.cli import belonging, elections, exchange, forms, papers, programme, results, room, workspaces
from pitso.cli.group import pitso

__all__ = [
    "belonging",
    "elections",
    "exchange",
    "forms",
    "papers",
    "pitso",
    "programme",
    "results",
    "room",
    "workspaces",
]
