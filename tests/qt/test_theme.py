"""Colours by role, icons in these colours, and the style sheet that follows from them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton

from deepstudio.core.errors import RecipeError
from deepstudio.store.settings import SettingsStore
from deepstudio.ui.theme import DARK, LIGHT, Theme, mark
from deepstudio.ui.theme_icons import icon_names, recoloured
from deepstudio.ui.theme_roles import Roles
from deepstudio.ui.theme_style import style_sheet


def _luminance(colour: str) -> float:
    channels = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _rgb(colour: str) -> tuple[float, float, float]:
    made = QColor(colour)
    return made.redF(), made.greenF(), made.blueF()


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, section 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(roles: Roles) -> None:
    for ground in (roles.window, roles.surface, roles.surface_raised, roles.rail, roles.surface_sunken):
        assert _contrast(roles.text, ground) >= 10
        assert _contrast(roles.text_muted, ground) >= 4.5
        assert _contrast(roles.text_faint, ground) >= 2.8
        assert _contrast(roles.accent, ground) >= 3
        assert _contrast(roles.danger, ground) >= 4.5
    for text, ground in (
        (roles.on_accent, roles.accent),
        (roles.accent_text, roles.accent_soft),
        (roles.danger, roles.danger_soft),
        (roles.warning, roles.warning_soft),
        (roles.success, roles.success_soft),
    ):
        assert _contrast(text, ground) >= 4.5


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_every_role_is_a_colour(roles: Roles) -> None:
    values = [value for name, value in dataclasses.asdict(roles).items() if name not in ("dark", "series")]
    assert all(QColor(value).isValid() for value in [*values, *roles.series])


def test_style_sheet_has_only_colours_of_the_roles() -> None:
    sheet = style_sheet(LIGHT, scale=1.0, icon_url=lambda name, colour: "x.svg")
    known = {value for value in dataclasses.asdict(LIGHT).values() if isinstance(value, str)}
    assert set(re.findall(r"#[0-9a-fA-F]{6,8}\b", sheet)) <= known


def test_all_icons_are_drawn_in_one_style_and_recoloured(qapp: QApplication, home: Path) -> None:
    for name in sorted(icon_names() - {"app"}):
        path = recoloured(name, "#ff0000")
        text = path.read_text()
        assert 'viewBox="0 0 24 24"' in text
        assert "currentColor" not in text
        assert "#ff0000" in text


def test_icons_are_crisp_at_twice_the_pixels(qapp: QApplication) -> None:
    theme = Theme()
    image = theme.pixmap("image", 24, "accent")
    assert not image.isNull()
    doubled = theme.icon("image", "accent").pixmap(image.deviceIndependentSize().toSize(), 2.0)
    assert doubled.width() == 48
    colours = {doubled.toImage().pixelColor(x, y).name() for x in range(48) for y in range(48)}
    assert theme.roles.accent in colours


def test_unknown_icon_is_a_key_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        Theme().icon("no-such-icon")


def test_settings_change_the_look(qapp: QApplication, qtbot: Any) -> None:
    settings = SettingsStore()
    theme = Theme(settings)
    theme.apply(qapp)
    with qtbot.waitSignal(theme.changed):
        settings.change("appearance", theme="dark")
    assert theme.is_dark
    assert qapp.palette().window().color() == QColor(DARK.window)
    with qtbot.waitSignal(theme.changed):
        settings.change("appearance", font_scale=150)
    assert qapp.font().pixelSize() == 20
    settings.change("appearance", theme="light", font_scale=100)


def test_the_system_decides_unless_the_setting_does(
    qapp: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = SettingsStore()
    theme = Theme(settings)
    theme.apply(qapp)
    assert not theme.is_dark
    monkeypatch.setattr("deepstudio.ui.theme.system_is_dark", lambda: True)
    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark
    settings.change("appearance", theme="light")
    assert not theme.is_dark


def test_motion_can_be_switched_off(qapp: QApplication) -> None:
    settings = SettingsStore()
    theme = Theme(settings)
    assert theme.duration(200) == 200
    settings.change("appearance", reduce_motion=True)
    assert theme.duration(200) == 0


def test_unusable_settings_are_refused(qapp: QApplication) -> None:
    with pytest.raises(RecipeError):
        SettingsStore().change("appearance", theme="pink")


def test_a_mark_changes_the_look_of_a_button(qapp: QApplication, qtbot: Any) -> None:
    theme = Theme()
    theme.apply(qapp)
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.resize(100, 32)
    mark(button, kind="primary")
    assert button.grab().toImage().pixelColor(50, 4).name() == theme.roles.accent
