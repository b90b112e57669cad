"""The colours by what they are for, light and dark, and the measures of the 4 px grid."""

from __future__ import annotations

from dataclasses import dataclass

SPACE = 8
"""The grid: distances are multiples of half of it."""
RADIUS = 8
"""Corner radius of controls in pixels; cards have 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Every colour of the window, as "#rrggbb" or "#aarrggbb"."""

    dark: bool
    window: str
    """Behind everything."""
    rail: str
    surface: str
    """Cards, panels, lists."""
    surface_sunken: str
    """Fields, wells and tracks."""
    surface_raised: str
    """Menus, dialogs, messages."""
    hover: str
    pressed: str
    selected: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    text_faint: str
    """For hints and disabled text only."""
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    """A quiet ground behind accent text."""
    accent_text: str
    """Accent as a text colour."""
    on_accent: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str
    shadow: str
    overlay: str
    """Over the window while something is dragged on it."""
    series: tuple[str, ...]
    """Distinguishable colours for curves and bars; the first is the accent."""


LIGHT = Roles(
    dark=False,
    window="#f6f7f9",
    rail="#eceef2",
    surface="#ffffff",
    surface_sunken="#f1f3f6",
    surface_raised="#ffffff",
    hover="#e9ecf1",
    pressed="#dfe3ea",
    selected="#e5eafc",
    border="#e0e3e9",
    border_strong="#c3c9d3",
    text="#161a22",
    text_muted="#555e6d",
    text_faint="#858e9c",
    accent="#3f5be0",
    accent_hover="#354fcc",
    accent_pressed="#2c43b2",
    accent_soft="#e8edfd",
    accent_text="#3149c4",
    on_accent="#ffffff",
    danger="#c22f3d",
    danger_soft="#fcebec",
    warning="#965a06",
    warning_soft="#fdf3de",
    success="#1f7a45",
    success_soft="#e5f5eb",
    shadow="#26101828",
    overlay="#d8f6f7f9",
    series=("#3f5be0", "#0d9488", "#c2570c", "#9333ea", "#be185d", "#4d7c0f", "#0369a1", "#a16207"),
)

DARK = Roles(
    dark=True,
    window="#14161b",
    rail="#0f1115",
    surface="#1b1e25",
    surface_sunken="#12141a",
    surface_raised="#22262f",
    hover="#262b35",
    pressed="#2e3440",
    selected="#262f52",
    border="#2a2f39",
    border_strong="#434a58",
    text="#eceef3",
    text_muted="#a3abb9",
    text_faint="#737c8b",
    accent="#6b86ff",
    accent_hover="#7f97ff",
    accent_pressed="#5a75ee",
    accent_soft="#222a4a",
    accent_text="#9db0ff",
    on_accent="#0b0f1f",
    danger="#f2808a",
    danger_soft="#3a1f24",
    warning="#e9b15a",
    warning_soft="#352a17",
    success="#6fcf97",
    success_soft="#1a3125",
    shadow="#80000000",
    overlay="#d814161b",
    series=("#6b86ff", "#2dd4bf", "#fb923c", "#c084fc", "#f472b6", "#a3e635", "#38bdf8", "#facc15"),
)
