"""The menus of the Runs workspace, built when they are opened. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from deepstudio.ui.theme import Theme

_SWATCH = 14


def colour_menu(theme: Theme, menu: QMenu, current: str, chosen: Callable[[str], object]) -> None:
    """Fill `menu` with the colours of the theme, and with leaving the choice to the program."""
    automatic = menu.addAction(QCoreApplication.translate("RunsMenus", "Automatic"))
    automatic.setCheckable(True)
    automatic.setChecked(not current)
    automatic.triggered.connect(lambda: chosen(""))
    names = colour_names()
    for place, colour in enumerate(theme.roles.series):
        action = menu.addAction(swatch(colour, menu), names[place % len(names)])
        action.setCheckable(True)
        action.setChecked(colour == current)
        action.triggered.connect(lambda _checked=False, colour=colour: chosen(colour))


def colour_names() -> Sequence[str]:
    """Return what the colours of curves are called."""
    return (
        QCoreApplication.translate("RunsMenus", "Blue"),
        QCoreApplication.translate("RunsMenus", "Teal"),
        QCoreApplication.translate("RunsMenus", "Orange"),
        QCoreApplication.translate("RunsMenus", "Purple"),
        QCoreApplication.translate("RunsMenus", "Pink"),
        QCoreApplication.translate("RunsMenus", "Green"),
        QCoreApplication.translate("RunsMenus", "Sky"),
        QCoreApplication.translate("RunsMenus", "Ochre"),
    )


def swatch(colour: str, widget: QWidget) -> QIcon:
    """Return a dot of a colour."""
    ratio = widget.devicePixelRatioF()
    pixmap = QPixmap(round(_SWATCH * ratio), round(_SWATCH * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(1, 1, _SWATCH - 2, _SWATCH - 2)
    painter.end()
    return QIcon(pixmap)
