"""The settings: pages generated from the settings' classes; a change works at once. GUI thread only."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.store.settings import Settings, SettingsStore
from deepstudio.ui.forms.fields import Choices
from deepstudio.ui.forms.form import ConfigForm, FormWords
from deepstudio.ui.text import LANGUAGES, translate_sentence
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import button, column, label, row

PAGES = {
    "appearance": (QT_TRANSLATE_NOOP("settings", "Appearance"), "sun"),
    "answers": (QT_TRANSLATE_NOOP("settings", "Answers"), "sparkles"),
    "speech": (QT_TRANSLATE_NOOP("settings", "Speech"), "speech"),
    "computing": (QT_TRANSLATE_NOOP("settings", "Computing"), "cpu"),
}
_TITLES = {
    "theme": QT_TRANSLATE_NOOP("settings", "Theme"),
    "language": QT_TRANSLATE_NOOP("settings", "Language"),
    "font_scale": QT_TRANSLATE_NOOP("settings", "Text size"),
    "reduce_motion": QT_TRANSLATE_NOOP("settings", "Reduce motion"),
    "image_model": QT_TRANSLATE_NOOP("settings", "Model for pictures"),
    "top_k": QT_TRANSLATE_NOOP("settings", "Labels shown"),
    "keep_ready": QT_TRANSLATE_NOOP("settings", "Keep the microphone ready"),
    "device": QT_TRANSLATE_NOOP("settings", "Device"),
}
_AS_SYSTEM = QT_TRANSLATE_NOOP("settings", "As the system")
_CHOICES: dict[str, Choices] = {
    "theme": (
        ("system", _AS_SYSTEM),
        ("light", QT_TRANSLATE_NOOP("settings", "Light")),
        ("dark", QT_TRANSLATE_NOOP("settings", "Dark")),
    ),
    "language": (("system", _AS_SYSTEM), *LANGUAGES.items()),
    "device": (
        ("auto", QT_TRANSLATE_NOOP("settings", "Automatic")),
        ("cpu", QT_TRANSLATE_NOOP("settings", "Processor (CPU)")),
        ("cuda", QT_TRANSLATE_NOOP("settings", "NVIDIA graphics (CUDA)")),
        ("mps", QT_TRANSLATE_NOOP("settings", "Apple graphics (Metal)")),
    ),
}
_UNITS = {"font_scale": " %"}


class SettingsDialog(QDialog):
    """Pages on the left, the form on the right. `image_models` returns names and titles for the default model."""

    def __init__(
        self,
        settings: SettingsStore,
        theme: Theme,
        image_models: Callable[[], Choices],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.resize(760, 520)
        self._settings = settings
        self._theme = theme
        self._image_models = image_models
        self._stale = False
        self.forms: dict[str, ConfigForm] = {}
        self._outer = row(self, gap=0)
        self._build()
        self._unsubscribe = settings.subscribe(self._on_settings)
        self.finished.connect(self._on_finished)
        theme.changed.connect(self._draw_icons)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        current = self._settings.current.answers.image_model
        models = list(self._image_models())
        if current not in [name for name, _title in models]:
            models.insert(0, (current, current))
        self._words = FormWords(titles=_TITLES, choices={**_CHOICES, "image_model": models}, units=_UNITS)
        self._outer.addWidget(self._build_list())
        self._pages = QStackedWidget()
        self._outer.addWidget(self._pages, 1)
        for group in self._groups():
            self._pages.addWidget(self._build_page(group))
        self.list.setCurrentRow(0)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything anew in another language, after the choice that brought it has been dealt with."""
        if event.type() == QEvent.Type.LanguageChange and not self._stale:
            self._stale = True
            QTimer.singleShot(0, self, self._rebuild)
        super().changeEvent(event)

    @Slot()
    def _rebuild(self) -> None:
        self._stale = False
        shown = self.list.currentRow()
        while (item := self._outer.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.forms.clear()
        self._build()
        self.list.setCurrentRow(shown)
        self.list.setFocus()

    @classmethod
    def ask(
        cls, settings: SettingsStore, theme: Theme, image_models: Callable[[], Choices], parent: QWidget | None = None
    ) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(settings, theme, image_models, parent)
        dialog.exec()
        dialog.deleteLater()

    @staticmethod
    def _groups() -> Sequence[str]:
        return [item.name for item in dataclasses.fields(Settings) if item.name in PAGES]

    def _build_list(self) -> QFrame:
        side = QFrame()
        mark(side, surface="rail")
        side.setFixedWidth(200)
        layout = column(side, margins=(12, 20, 12, 16), gap=12)
        layout.addWidget(label(self.tr("Settings"), "title"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Groups of settings"))
        mark(self.list, kind="plain")
        for group in self._groups():
            QListWidgetItem(translate_sentence(PAGES[group][0], "settings"), self.list)
        self._draw_icons()
        self.list.currentRowChanged.connect(self._show_page)
        layout.addWidget(self.list, 1)
        return side

    def _build_page(self, group: str) -> QWidget:
        page = QWidget()
        layout = column(page, margins=(28, 24, 28, 20), gap=20)
        layout.addWidget(label(translate_sentence(PAGES[group][0], "settings"), "title"))
        form = ConfigForm(getattr(self._settings.current, group), self._words)
        form.setObjectName("content")
        form.changed.connect(lambda name, value: self._settings.change(group, **{name: value}))
        self.forms[group] = form
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        scroll.setWidget(form)
        layout.addWidget(scroll, 1)
        foot = row()
        reset = button(self.tr("Restore defaults"), "quiet")
        reset.clicked.connect(lambda: self._settings.reset(group))
        close = button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        foot.addWidget(reset)
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        return page

    @Slot(int)
    def _show_page(self, index: int) -> None:
        self._pages.setCurrentIndex(index)

    @Slot()
    def _draw_icons(self) -> None:
        for index, group in enumerate(self._groups()):
            self.list.item(index).setIcon(self._theme.icon(PAGES[group][1]))

    def _on_settings(self, settings: Settings) -> None:
        for group, form in self.forms.items():
            form.show_config(getattr(settings, group))

    @Slot()
    def _on_finished(self) -> None:
        self._unsubscribe()
