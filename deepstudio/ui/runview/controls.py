"""The bar over the curves: filter, x axis, smoothing, outliers, size of panels. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSlider, QWidget

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.curve import Smoothing
from deepstudio.ui.plots.panel import axis_name
from deepstudio.ui.runview.grouping import ALL, SAME
from deepstudio.ui.runview.looks import Looks
from deepstudio.ui.runview.looks_menu import LooksMenu
from deepstudio.ui.theme import Theme
from deepstudio.ui.widgets.flow import FlowLayout
from deepstudio.ui.widgets.parts import label, row

_AVERAGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999)
_WIDTHS = (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 18.0, 22.0, 26.0, 32.0, 40.0, 50.0, 64.0)


class CurveControls(QWidget):
    """Emits `changed` with new `Looks`, and `filtered` with the words that a metric must contain."""

    changed = Signal(object)
    filtered = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter metrics"))
        self.search.setToolTip(self.tr("Words in the names of metrics, or a /regular expression/"))
        self.search.setAccessibleName(self.tr("Filter metrics"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(140)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self._on_filter)
        self.search.textChanged.connect(self._on_typed)
        self.axis = self._combo(self.tr("X axis"))
        self.amount = QSlider(Qt.Orientation.Horizontal)
        self.amount.setRange(0, len(_AVERAGES) - 1)
        self.amount.setFixedWidth(80)
        self.amount.setAccessibleName(self.tr("How much the curves are smoothed"))
        self._amount_words = label("", "caption")
        self._amount_words.setFixedWidth(52)
        self.group = self._combo(self.tr("Group the runs"))
        self.group.setMinimumContentsLength(10)
        self.group.addItem(self.tr("No groups"), "")
        self.group.hide()
        self.options = LooksMenu(theme)
        self._fill()
        self.set_axes((XAxis.STEP,))
        self.set_looks(Looks())
        self.amount.valueChanged.connect(self._on_changed)
        self.options.changed.connect(self._on_changed)
        for combo in (self.axis, self.group):
            combo.currentIndexChanged.connect(self._on_changed)

    def set_axes(self, axes: Sequence[XAxis]) -> None:
        """Offer these x axes; the chosen one stays if it is among them."""
        known = [self.axis.itemData(place) for place in range(self.axis.count())]
        if known == list(axes):
            return
        chosen = self.axis.currentData()
        with QSignalBlocker(self.axis):
            self.axis.clear()
            for axis in axes:
                self.axis.addItem(axis_name(axis), axis)
            self.axis.setCurrentIndex(max(0, self.axis.findData(chosen)))
        _widen_list(self.axis)

    def set_groups(self, settings: Sequence[str], *, several: bool) -> None:
        """Offer to group the runs, by these settings among others; the choice stays."""
        self.group.setVisible(several)
        wanted = ["", ALL, SAME, *settings]
        chosen = self.group.currentData() or ""
        wanted += [chosen] if chosen not in wanted else []
        if wanted != [self.group.itemData(place) for place in range(self.group.count())]:
            with QSignalBlocker(self.group):
                self.group.clear()
                for key in wanted:
                    self._add_group(key)
                self.group.setCurrentIndex(wanted.index(chosen))
            _widen_list(self.group)

    def _add_group(self, key: str) -> None:
        words = {
            "": self.tr("No groups"),
            ALL: self.tr("All runs as one"),
            SAME: self.tr("Same settings but the seed"),
        }
        head, _, last = key.rpartition(".")
        short = head.rpartition(".")[2] if head and last in ("name", "kind", "value") else last
        self.group.addItem(words.get(key, short), key)
        self.group.setItemData(self.group.count() - 1, words.get(key, key), Qt.ItemDataRole.ToolTipRole)

    def looks(self) -> Looks:
        """Return what is chosen."""
        kind = self.options.smoothing
        amount = (_AVERAGES if kind == "average" else _WIDTHS)[self.amount.value()]
        return Looks(
            axis=self.axis.currentData() or XAxis.STEP,
            log_x=self.options.log_x,
            robust=self.options.robust,
            smoothing=Smoothing(kind, amount) if amount else Smoothing(),
            size=self.options.size,
            group=self.group.currentData() or "",
        )

    def set_looks(self, looks: Looks) -> None:
        """Choose, without a signal."""
        blockers = [QSignalBlocker(one) for one in (self.axis, self.amount, self.group)]
        if self.group.findData(looks.group) < 0:
            self._add_group(looks.group)
        self.group.setCurrentIndex(self.group.findData(looks.group))
        if self.axis.findData(looks.axis) < 0:
            self.axis.addItem(axis_name(looks.axis), looks.axis)
        self.axis.setCurrentIndex(self.axis.findData(looks.axis))
        self.options.show_looks(looks)
        steps = _WIDTHS if looks.smoothing.kind == "gaussian" else _AVERAGES
        nearest = min(range(len(steps)), key=lambda place: abs(steps[place] - looks.smoothing.amount))
        self.amount.setValue(nearest)
        del blockers
        self._say_amount()

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        # Narrow, so that a small window keeps its room for curves; the list is as wide as its words.
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(7)
        return made

    def _fill(self) -> None:
        smoothing = QWidget()
        inner = row(smoothing, gap=6)
        inner.addWidget(label(self.tr("Smoothing"), "caption"))
        for part in (self.amount, self._amount_words):
            inner.addWidget(part)
        smoothing.setFixedHeight(self.search.sizeHint().height())
        for widget in (self.search, self.axis, self.options.button, self.group, smoothing):
            self._flow.addWidget(widget)

    def _say_amount(self) -> None:
        smoothing = self.looks().smoothing
        words = self.tr("off")
        if smoothing.kind == "average":
            words = f"{smoothing.amount:g}"
        elif smoothing.kind:
            words = self.tr("{width} px").format(width=f"{smoothing.amount:g}")
        self._amount_words.setText(words)
        self.amount.setToolTip(words)

    @Slot()
    def _on_changed(self) -> None:
        self._say_amount()
        self.changed.emit(self.looks())

    @Slot()
    def _on_typed(self) -> None:
        self._later.start()

    @Slot()
    def _on_filter(self) -> None:
        self.filtered.emit(self.search.text())


def _widen_list(combo: QComboBox) -> None:
    widest = max((combo.fontMetrics().horizontalAdvance(combo.itemText(i)) for i in range(combo.count())), default=0)
    combo.view().setMinimumWidth(min(480, widest + 48))
