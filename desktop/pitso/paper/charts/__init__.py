"""Charts: one drawing for paper and screen, black and white safe, with its figures in words.

``radar``, ``heat_map`` and ``spread`` turn a frozen view value into a ``Picture``; ``svg`` gives it to the
screen, ``Drawn`` puts it into the flow of a paper.
"""

from pitso.paper.charts.heat_map_chart import HeatCell, HeatMap, HeatRow, heat_map
from pitso.paper.charts.picture import PAPER, Drawn, Picture, Theme, svg
from pitso.paper.charts.radar_chart import Axis, Radar, radar
from pitso.paper.charts.spread_chart import Spread, SpreadRow, spread

__all__ = [
    "PAPER",
    "Axis",
    "Drawn",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Picture",
    "Radar",
    "Spread",
    "SpreadRow",
    "Theme",
    "heat_map",
    "radar",
    "spread",
    "svg",
]
