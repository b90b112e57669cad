"""The button beside the axis and the smoothing: what is switched more rarely. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from deepstudio.ui.runview.looks import Looks
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import icon_button


class LooksMenu(QObject):
    """A `button` with a menu; `changed` comes with every choice in it."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.button = icon_button(theme, "sliders", self.tr("How curves and panels look"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        menu.setToolTipsVisible(True)
        self._log_x = self._switch(menu, self.tr("&Logarithmic x axis"))
        self._robust = self._switch(menu, self.tr("Ignore &outliers"))
        self._robust.setToolTip(self.tr("Leave outliers out of the y axis; arrows at the edge show where they are"))
        menu.addSection(self.tr("Smoothing"))
        self._kinds = self._choices(
            menu, (("average", self.tr("Moving &average")), ("gaussian", self.tr("&Gaussian, by pixels")))
        )
        menu.addSection(self.tr("Size of the panels"))
        self._sizes = self._choices(
            menu, (("small", self.tr("&Small")), ("medium", self.tr("&Medium")), ("large", self.tr("La&rge")))
        )
        self.button.setMenu(menu)

    @property
    def log_x(self) -> bool:
        """Return whether the x axis is logarithmic."""
        return self._log_x.isChecked()

    @property
    def robust(self) -> bool:
        """Return whether outliers are left out of the y axis."""
        return self._robust.isChecked()

    @property
    def smoothing(self) -> str:
        """Return the kind of smoothing."""
        return _chosen(self._kinds)

    @property
    def size(self) -> str:
        """Return the size of the panels."""
        return _chosen(self._sizes)

    def show_looks(self, looks: Looks) -> None:
        """Choose, without a signal."""
        self._log_x.setChecked(looks.log_x)
        self._robust.setChecked(looks.robust)
        for group, wanted in ((self._kinds, looks.smoothing.kind), (self._sizes, looks.size)):
            for action in group.actions():
                if action.data() == wanted:
                    action.setChecked(True)

    def _switch(self, menu: QMenu, words: str) -> QAction:
        made = menu.addAction(words)
        made.setCheckable(True)
        made.triggered.connect(self._on_triggered)
        return made

    def _choices(self, menu: QMenu, choices: tuple[tuple[str, str], ...]) -> QActionGroup:
        group = QActionGroup(menu)
        for key, words in choices:
            action = self._switch(menu, words)
            action.setData(key)
            group.addAction(action)
        group.actions()[0].setChecked(True)
        return group

    @Slot()
    def _on_triggered(self) -> None:
        self.changed.emit()


def _chosen(group: QActionGroup) -> str:
    return str(group.checkedAction().data())
