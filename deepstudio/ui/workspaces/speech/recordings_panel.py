"""Earlier recordings: a list with a search field. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QPoint, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMenu, QWidget

from deepstudio.audio.recordings import Recording
from deepstudio.ui.theme import Theme, mark
from deepstudio.ui.widgets.parts import column, label
from deepstudio.ui.workspaces.speech.modes import COMMANDS, DIGITS
from deepstudio.ui.workspaces.speech.recordings_job import RecordingRow
from deepstudio.ui.workspaces.speech.whole_wave import clock

_ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_SHOWN_WORDS = 8


class RecordingsPanel(QWidget):
    """Choosing a row emits `chosen`; its menu and keys offer the rest."""

    chosen = Signal(object)
    play_asked = Signal(object)
    again_asked = Signal(object)
    rename_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RecordingRow, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search what was said"))
        self.search.setAccessibleName(self.tr("Search what was said"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._refill)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Recordings"))
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        mark(self.list, kind="plain")
        for key, signal in ((Qt.Key.Key_Delete, self.delete_asked), (Qt.Key.Key_F2, self.rename_asked)):
            shortcut = QShortcut(QKeySequence(key), self.list, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda signal=signal: self._ask(signal))
        self._empty = label("", "faint", wrap=True)
        layout = column(self, gap=8)
        layout.addWidget(label(self.tr("Recordings"), "section"))
        layout.addWidget(self.search)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        self._refill()

    def set_rows(self, rows: tuple[RecordingRow, ...]) -> None:
        """Show other recordings; the chosen one stays chosen."""
        self._rows = rows
        self._refill()

    def select(self, folder: Path | None) -> None:
        """Mark the row of `folder`, without a signal; none where it is not shown."""
        for number in range(self.list.count()):
            if self.list.item(number).data(_ROW_ROLE).folder == folder:
                self.list.setCurrentRow(number)
                return
        self.list.setCurrentRow(-1)

    def current(self) -> Recording | None:
        """Return the chosen recording."""
        item = self.list.currentItem()
        return item.data(_ROW_ROLE) if item is not None else None

    @Slot()
    def _refill(self) -> None:
        before = self.current()
        words = self.search.text().casefold().split()
        self.list.clear()
        for row in self._rows:
            title = title_of(row.recording)
            if all(word in f"{title} {row.text}".casefold() for word in words):
                item = QListWidgetItem(f"{title}\n{self._facts(row)}")
                item.setData(_ROW_ROLE, row.recording)
                item.setToolTip(row.text[:400])
                self.list.addItem(item)
        self._empty.setText(self.tr("No recording has these words.") if words else self.tr("Recordings appear here."))
        self._empty.setVisible(not self.list.count())
        self.search.setVisible(bool(self._rows))
        if before is not None:
            self.select(before.folder)

    def _facts(self, row: RecordingRow) -> str:
        """Return length, what it was heard as unless that is sentences, and the first words."""
        heard_as = {DIGITS: self.tr("Digits"), COMMANDS: self.tr("Single words")}.get(row.recording.about.mode, "")
        words = " ".join(row.text.split()[:_SHOWN_WORDS])
        facts = (clock(row.recording.seconds), heard_as, f"{words}…" if words else "")
        return "  ·  ".join(fact for fact in facts if fact)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ROW_ROLE))

    def _ask(self, signal: SignalInstance) -> None:
        recording = self.current()
        if recording is not None:
            signal.emit(recording)

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        item = self.list.itemAt(point) or self.list.currentItem()
        if item is None:
            return
        recording = item.data(_ROW_ROLE)
        menu = QMenu(self)
        for text, signal in (
            (self.tr("Play"), self.play_asked),
            (self.tr("Transcribe again…"), self.again_asked),
            (self.tr("Rename…"), self.rename_asked),
            (self.tr("Delete"), self.delete_asked),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, signal=signal: signal.emit(recording))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(point))


def title_of(recording: Recording) -> str:
    """Return the recording's title: the user's own, or when it began."""
    if recording.about.title:
        return recording.about.title
    began = QDateTime.fromString(recording.about.started, Qt.DateFormat.ISODate)
    return QLocale().toString(began, QLocale.FormatType.ShortFormat)
