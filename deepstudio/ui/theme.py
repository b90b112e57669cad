"""Colours, style sheet, palette, fonts and icons of the window, as the system or the setting says. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from deepstudio.core.paths import resources_dir
from deepstudio.store.settings import Settings, SettingsStore
from deepstudio.ui.restyle import Restyler
from deepstudio.ui.theme_icons import recoloured
from deepstudio.ui.theme_roles import DARK, LIGHT, RADIUS, SPACE, Roles
from deepstudio.ui.theme_style import style_sheet

__all__ = ["DARK", "LIGHT", "RADIUS", "SPACE", "Roles", "Theme", "app_icon", "mark"]

_BASE_PX = 13
_FALLBACKS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "PingFang SC",
    "Microsoft YaHei UI",
    "WenQuanYi Micro Hei",
    "DejaVu Sans",
)


class Theme(QObject):
    """The look of the program. `changed` comes in the turn of the event loop after the application has the new look."""

    changed = Signal()

    def __init__(self, settings: SettingsStore | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._app: QApplication | None = None
        self._roles = self._wanted_roles()
        self._scale = self._wanted_scale()
        self._icons: dict[tuple[str, str, bool], QIcon] = {}
        self._restyler = Restyler(self)
        self._telling = False
        self._unsubscribe = settings.subscribe(self._on_settings) if settings is not None else None

    @property
    def roles(self) -> Roles:
        """Return the colours as they are now."""
        return self._roles

    @property
    def is_dark(self) -> bool:
        """Return whether the window is dark now."""
        return self._roles.dark

    @property
    def scale(self) -> float:
        """Return the size of text as a factor, 1.0 by default."""
        return self._scale

    def apply(self, app: QApplication) -> None:
        """Give `app` the look, and keep it in step with the system and the settings."""
        if self._app is None:
            self._app = app
            app.setStyle("Fusion")
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        self._telling = True
        self._tell_platform()
        self._telling = False
        self._roles, self._scale = self._wanted_roles(), self._wanted_scale()
        app.setFont(self.font())
        app.setPalette(self.palette())
        again = bool(app.styleSheet())
        self._restyler.set_sheet(app, style_sheet(self._roles, scale=self._scale, icon_url=_icon_url))
        if again:  # icons and drawings take as long again: that is another turn of the event loop
            QTimer.singleShot(0, self, self._announce)
        else:
            self.changed.emit()

    def settle(self, page: QWidget) -> None:
        """Give `page` the look of now: hidden pages get it a little after a change, unless they are shown before."""
        self._restyler.settle(page)

    def color(self, role: str) -> QColor:
        """Return the colour of a role, such as "accent"."""
        return QColor(getattr(self._roles, role))

    def icon(self, name: str, role: str = "text_muted") -> QIcon:
        """Return the drawing `name` in the colour of `role`; KeyError if there is none.

        Icons keep their colour: fetch them again on `changed`.
        """
        key = (name, role, self._roles.dark)
        if key not in self._icons:
            icon = QIcon(str(recoloured(name, getattr(self._roles, role))))
            faint = str(recoloured(name, self._roles.text_faint))
            icon.addFile(faint, QSize(), QIcon.Mode.Disabled)
            if role == "text_muted":
                active = str(recoloured(name, self._roles.accent_text))
                icon.addFile(active, QSize(), QIcon.Mode.Normal, QIcon.State.On)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, size: int, role: str = "text_muted", *, widget: QWidget | None = None) -> QPixmap:
        """Return the drawing at `size` logical pixels for the device pixel ratio of `widget`, else of the screen."""
        ratio = widget.devicePixelRatioF() if widget is not None else _screen_ratio()
        return self.icon(name, role).pixmap(QSize(size, size), ratio)

    def font(self, factor: float = 1.0, *, weight: QFont.Weight = QFont.Weight.Normal, mono: bool = False) -> QFont:
        """Return the font of the platform at the size that the setting asks for, times `factor`."""
        kind = QFontDatabase.SystemFont.FixedFont if mono else QFontDatabase.SystemFont.GeneralFont
        font = QFontDatabase.systemFont(kind)
        font.setFamilies([*font.families(), *_FALLBACKS])
        font.setPixelSize(max(8, round(_BASE_PX * self._scale * factor)))
        font.setWeight(weight)
        return font

    def duration(self, milliseconds: int) -> int:
        """Return how long an animation may take: 0 where motion is unwanted."""
        reduced = self._settings is not None and self._settings.current.appearance.reduce_motion
        return 0 if reduced else milliseconds

    def palette(self) -> QPalette:
        """Return the palette of the roles, for what the style sheet does not reach."""
        r, palette = self._roles, QPalette()
        for role, colour in (
            (QPalette.ColorRole.Window, r.window),
            (QPalette.ColorRole.WindowText, r.text),
            (QPalette.ColorRole.Base, r.surface),
            (QPalette.ColorRole.AlternateBase, r.surface_sunken),
            (QPalette.ColorRole.Text, r.text),
            (QPalette.ColorRole.PlaceholderText, r.text_faint),
            (QPalette.ColorRole.Button, r.surface),
            (QPalette.ColorRole.ButtonText, r.text),
            (QPalette.ColorRole.BrightText, r.on_accent),
            (QPalette.ColorRole.Highlight, r.accent),
            (QPalette.ColorRole.HighlightedText, r.on_accent),
            (QPalette.ColorRole.ToolTipBase, r.surface_raised),
            (QPalette.ColorRole.ToolTipText, r.text),
            (QPalette.ColorRole.Link, r.accent_text),
            (QPalette.ColorRole.LinkVisited, r.accent_text),
            (QPalette.ColorRole.Accent, r.accent),
            (QPalette.ColorRole.Light, r.surface_raised),
            (QPalette.ColorRole.Midlight, r.hover),
            (QPalette.ColorRole.Mid, r.border),
            (QPalette.ColorRole.Dark, r.border_strong),
            (QPalette.ColorRole.Shadow, r.shadow),
        ):
            palette.setColor(role, QColor(colour))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(r.text_faint))
        return palette

    @Slot()
    def _announce(self) -> None:
        self.changed.emit()

    @Slot()
    def _refresh(self) -> None:
        if self._app is None or self._telling:
            return
        if (self._wanted_roles(), self._wanted_scale()) != (self._roles, self._scale):
            self.apply(self._app)

    def _on_settings(self, settings: Settings) -> None:
        self._refresh()

    def _wanted_roles(self) -> Roles:
        if self._wanted_theme() == "system":
            return DARK if system_is_dark() else LIGHT
        return DARK if self._wanted_theme() == "dark" else LIGHT

    def _wanted_theme(self) -> str:
        return self._settings.current.appearance.theme if self._settings is not None else "system"

    def _tell_platform(self) -> None:
        """Let the system draw title bars and its own dialogs in the same scheme."""
        hints = QGuiApplication.styleHints()
        if self._wanted_theme() == "system":
            hints.unsetColorScheme()
        else:
            dark = self._wanted_theme() == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _wanted_scale(self) -> float:
        return self._settings.current.appearance.font_scale / 100 if self._settings is not None else 1.0


def system_is_dark() -> bool:
    """Return whether the system asks programs for dark colours."""
    if QGuiApplication.instance() is None:
        return False
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def app_icon() -> QIcon:
    """Return the program's own mark, in its own colours."""
    return QIcon(str(resources_dir() / "icons" / "app.svg"))


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at (kind, role, surface...) and redraw the widget if they changed."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _icon_url(name: str, colour: str) -> str:
    return recoloured(name, colour).as_posix()


def _screen_ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen is not None else 1.0
