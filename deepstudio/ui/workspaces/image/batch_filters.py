"""The line above the table: text, answer, and range of confidence. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from deepstudio.ui.text import display_label
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.parts import icon_button, label, row
from deepstudio.ui.workspaces.image.batch_rows import Kind, RowFilter
from deepstudio.ui.workspaces.image.words import whole_number

_KIND, _LABEL = "kind", "label"


class BatchFilters(QWidget):
    """`changed` carries the new `RowFilter`."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search names and answers"))
        self.search.setAccessibleName(self.tr("Search names and answers"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(140)
        self.answers = QComboBox()
        self.answers.setAccessibleName(self.tr("Show only this answer"))
        self.answers.setToolTip(self.tr("Show only this answer"))
        self.answers.setMinimumWidth(150)
        self.low = self._make_bound(0, self.tr("Least confidence"))
        self.high = self._make_bound(100, self.tr("Greatest confidence"))
        self.reset = icon_button(theme, "close", self.tr("Show everything again"))
        self.reset.clicked.connect(self.show_all)
        self._shown: tuple[object, ...] = ()
        line = row(self)
        line.addWidget(self.search, 1)
        line.addWidget(self.answers)
        line.addWidget(label(self.tr("Confidence"), "muted"))
        line.addWidget(self.low)
        line.addWidget(label("–", "muted"))
        line.addWidget(self.high)
        line.addWidget(self.reset)
        self.offer({}, {})
        self.search.textChanged.connect(self._on_change)
        self.answers.currentIndexChanged.connect(self._on_change)
        self.low.valueChanged.connect(self._on_change)
        self.high.valueChanged.connect(self._on_change)
        self.reset.setEnabled(False)

    def _make_bound(self, value: int, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(0, 100)
        made.setValue(value)
        made.setSuffix(" %")
        made.setSingleStep(5)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setFixedWidth(88)
        return made

    def current(self) -> RowFilter:
        """Return the filter that is set."""
        what, _, name = (self.answers.currentData() or "").partition(":")
        return RowFilter(
            text=self.search.text().strip(),
            label=name if what == _LABEL else "",
            kind=Kind(name) if what == _KIND else None,
            low=self.low.value() / 100,
            high=self.high.value() / 100,
        )

    def show_only(self, *, label: str = "", kind: Kind | None = None) -> None:
        """Show only the rows with this answer, or of this kind."""
        data = f"{_KIND}:{kind.value}" if kind is not None else f"{_LABEL}:{label}"
        self.answers.setCurrentIndex(max(0, self.answers.findData(data)))

    def offer(self, labels: Mapping[str, int], kinds: Mapping[Kind, int], *, settled: bool = True) -> None:
        """Offer the answers that occur, with how often; the choice stays where it still occurs.

        While rows stream in (`settled` is False) the list is only made anew when there is another answer to offer.
        """
        names = (frozenset(labels), frozenset(kinds))
        fresh = (names, tuple(sorted(labels.items())), tuple(sorted(kinds.items())))
        if fresh == self._shown or (not settled and self._shown[:1] == (names,)):
            return
        self._shown = fresh
        chosen = self.answers.currentData()
        with QSignalBlocker(self.answers):
            self.answers.clear()
            self.answers.addItem(self.tr("All answers"), None)
            for kind, text in self._kind_texts().items():
                if kinds.get(kind):
                    self.answers.addItem(f"{text} ({whole_number(kinds[kind])})", f"{_KIND}:{kind.value}")
            if labels:
                self.answers.insertSeparator(self.answers.count())
            for name in sorted(labels, key=lambda name: display_label(name).casefold()):
                self.answers.addItem(f"{display_label(name)} ({whole_number(labels[name])})", f"{_LABEL}:{name}")
            self.answers.setCurrentIndex(max(0, self.answers.findData(chosen)))

    @Slot()
    def show_all(self) -> None:
        """Take every restriction away."""
        widgets = (self.search, self.answers, self.low, self.high)
        blockers = [QSignalBlocker(widget) for widget in widgets]
        self.search.clear()
        self.answers.setCurrentIndex(0)
        self.low.setValue(0)
        self.high.setValue(100)
        for blocker in blockers:
            blocker.unblock()
        self._on_change()

    def _kind_texts(self) -> dict[Kind, str]:
        return {
            Kind.REJECTED: self.tr("None of these"),
            Kind.FAILED: self.tr("Could not be read"),
        }

    @Slot()
    def _on_change(self) -> None:
        current = self.current()
        self.reset.setEnabled(current != RowFilter())
        self.changed.emit(current)
