"""Colours and fonts of plots, from the theme or for paper. GUI thread only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from deepstudio.ui.theme import LIGHT, Theme
from deepstudio.ui.theme_roles import Roles


@dataclass(frozen=True, slots=True)
class PlotStyle:
    """What a painter of plots needs to know of the look."""

    roles: Roles
    font: QFont
    strong: QFont

    def color(self, role: str) -> QColor:
        """Return the colour of a role."""
        return QColor(getattr(self.roles, role))

    @property
    def metrics(self) -> QFontMetricsF:
        """Return the measures of the font of the ticks."""
        return QFontMetricsF(self.font)

    def soft(self, colour: str, strength: float) -> QColor:
        """Return `colour` mixed with the ground: opaque, because see-through lines are darker where they cross."""
        return mix(QColor(colour), self.color("surface"), strength)


def style_of(theme: Theme) -> PlotStyle:
    """Return the look of the window as it is now."""
    return PlotStyle(theme.roles, theme.font(0.86), theme.font(0.95, weight=QFont.Weight.DemiBold))


def paper_style(theme: Theme) -> PlotStyle:
    """Return the look for print: the light colours, whatever the window has."""
    return PlotStyle(LIGHT, theme.font(0.86), theme.font(0.95, weight=QFont.Weight.DemiBold))


def mix(colour: QColor, ground: QColor, strength: float) -> QColor:
    """Return `strength` of `colour` and the rest of `ground`."""
    rest = 1 - strength
    return QColor.fromRgbF(
        colour.redF() * strength + ground.redF() * rest,
        colour.greenF() * strength + ground.greenF() * rest,
        colour.blueF() * strength + ground.blueF() * rest,
    )


def series_colour(roles: Roles, place: int) -> str:
    """Return the colour of the curve at a place: the palette of the theme, then the same with turned hues."""
    palette = roles.series
    turn, index = divmod(place, len(palette))
    if turn == 0:
        return palette[index]
    base = QColor(palette[index])
    # The golden angle never comes back to a hue that is taken.
    hue = (base.hslHueF() + 0.381966 * turn) % 1.0
    return QColor.fromHslF(hue, base.hslSaturationF(), base.lightnessF()).name()


def colour_table(ground: QColor, colour: QColor) -> np.ndarray:
    """Return 256 colours from `ground` to `colour`, uint8[256, 3]."""
    mixed = [mix(colour, ground, step / 255) for step in range(256)]
    return np.array([(one.red(), one.green(), one.blue()) for one in mixed], dtype=np.uint8)
