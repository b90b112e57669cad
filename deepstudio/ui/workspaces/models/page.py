"""List on the left, details on the right. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QListView, QSplitter, QWidget

from deepstudio.models.library import SUFFIX, ModelEntry
from deepstudio.store.settings import Settings
from deepstudio.ui.text import file_size, translate_failure, translate_sentence
from deepstudio.ui.theme import mark
from deepstudio.ui.widgets.parts import button, column, follow_icon, label, row
from deepstudio.ui.widgets.segmented import Segmented
from deepstudio.ui.workspaces.models.detail import DetailView
from deepstudio.ui.workspaces.models.model_list import ROW_ROLE, ModelDelegate, ModelRow, ModelRows
from deepstudio.ui.workspaces.models.presenter import ModelsPresenter
from deepstudio.ui.workspaces.models.words import KINDS, headline_text, kind_of, title_of
from deepstudio.ui.workspaces.models.zoo_detail import ZooDetail, zoo_title
from deepstudio.ui.workspaces.models.zoo_presenter import ZooPresenter

_IMAGENET = "IMAGENET1K_"
INSTALLED, PUBLISHED = "installed", "published"


class ModelsPage(QWidget):
    """The widget of the Models workspace."""

    failed = Signal(object)
    message = Signal(str)
    undo_offered = Signal(str, object)
    models_touched = Signal()
    selection_changed = Signal()
    use_asked = Signal(str, str)
    """Workspace and name of the model that the user wants to try there."""

    def __init__(self, services: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._entries: dict[str, ModelEntry] = {}
        self._presenter = ModelsPresenter(services, self)
        self._presenter.failed.connect(self.failed)
        self._presenter.message.connect(self.message)
        self._presenter.undo_offered.connect(self.undo_offered)
        self._presenter.changed.connect(self.models_touched)
        self._presenter.installed.connect(self._on_installed)
        self.zoo = ZooPresenter(services, self)
        self.zoo.listed.connect(self._show_rows)
        self.zoo.failed.connect(self.failed)
        self.zoo.progressed.connect(self._on_download)
        self.zoo.installed.connect(self._on_downloaded)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("models_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(5)
        splitter.addWidget(self._build_side())
        self.detail = DetailView(services.theme)
        self.detail.export_asked.connect(self.ask_export)
        self.detail.remove_asked.connect(self.remove_selected)
        self.detail.default_asked.connect(self._make_default)
        self.detail.use_asked.connect(self.use_selected)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([320, 900])
        layout = row(self, gap=0)
        layout.addWidget(splitter)
        self._default = services.settings.current.answers.image_model
        unsubscribe = services.settings.subscribe(self._on_settings)
        self.destroyed.connect(lambda: unsubscribe())
        self.refresh()

    def selected(self) -> str:
        """Return the name of the chosen model, "" if none is."""
        index = self.list.currentIndex()
        return index.data(ROW_ROLE).name if index.isValid() else ""

    def select(self, name: str) -> None:
        """Choose a model; the first one if that is not there."""
        number = self._rows.row_of(name)
        number = self._rows.first() if number < 0 else number
        if number >= 0:
            self.list.setCurrentIndex(self._rows.index(number, 0))
        else:
            self.detail.show_entry(None)

    def install(self, paths: Sequence[Path]) -> None:
        """Install model files."""
        self._presenter.install(paths)

    @Slot()
    def refresh(self) -> None:
        """Read the library again."""
        before = self.selected()
        self._entries = {entry.name: entry for entry in self._presenter.entries()}
        self._show_rows()
        self.select(before)

    @Slot()
    def ask_install(self) -> None:
        """Ask for model files and install them."""
        kinds = self.tr("Models (*.safetensors *.pth *.pt)")
        paths, _kind = QFileDialog.getOpenFileNames(self, self.tr("Install a model"), str(Path.home()), kinds)
        if paths:
            self.install([Path(path) for path in paths])

    @Slot()
    def ask_export(self) -> None:
        """Ask where to and copy the chosen model there."""
        entry = self._entries.get(self.selected())
        if entry is None or entry.card is None or self.places.current == PUBLISHED:
            return
        proposal = str(Path.home() / f"{entry.name}{SUFFIX}")
        target, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the model"), proposal, self.tr("Models (*.safetensors)")
        )
        if target:
            self._presenter.export(entry.name, Path(target))

    @Slot()
    def remove_selected(self) -> None:
        """Remove the chosen model if it is the user's."""
        entry = self._entries.get(self.selected())
        if entry is None or self.places.current == PUBLISHED:
            return
        self._presenter.remove(entry, title_of(entry))

    @Slot()
    def use_selected(self) -> None:
        """Lead the user to where the chosen model answers."""
        entry = self._entries.get(self.selected())
        if entry is not None and entry.card is not None and self.places.current == INSTALLED:
            self.use_asked.emit(kind_of(entry.card), entry.name)

    @Slot()
    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _build_side(self) -> QFrame:
        side = QFrame()
        mark(side, surface="panel")
        side.setMinimumWidth(280)
        layout = column(side, margins=(16, 20, 12, 16), gap=12)
        head = row(gap=8)
        head.addWidget(label(self.tr("Models"), "title"), 1)
        install = button(self.tr("Install…"))
        follow_icon(self._services.theme, install, "plus")
        install.clicked.connect(self.ask_install)
        head.addWidget(install)
        layout.addLayout(head)
        self.places = Segmented(self._services.theme)
        for key, text in ((INSTALLED, self.tr("Installed")), (PUBLISHED, self.tr("Published"))):
            self.places.add(key)
            self.places.set_text(key, text)
        self.places.chosen.connect(self._on_place)
        layout.addWidget(self.places)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search models"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_rows)
        layout.addWidget(self.search)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        mark(self.list, kind="plain")
        self._rows = ModelRows(self)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(ModelDelegate(self._services.theme, self.list))
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        layout.addWidget(self.list, 1)
        hint = label(self.tr("Drop a .safetensors or .pth file anywhere to install it."), "faint", wrap=True)
        layout.addWidget(hint)
        return side

    @Slot()
    def _show_rows(self) -> None:
        before = self.selected()
        rows = self._published_rows() if self.places.current == PUBLISHED else self._installed_rows()
        self._rows.set_rows(rows)
        self.select(before)

    def _wanted(self, name: str, title: str) -> bool:
        return all(word in f"{name} {title}".casefold() for word in self.search.text().casefold().split())

    def _published_rows(self) -> list[ModelRow]:
        rows = []
        for entry in self.zoo.entries.values():
            state = self.zoo.state(entry.name)
            badge = self.tr("Installed") if entry.name in self._entries else ""
            if state is not None:
                badge = f"{state.done / state.total:.0%}" if state.total else "…"
            facts = (
                f"{100 * entry.accuracy:.1f} %  ·  {file_size(entry.size)}  ·  {entry.weights.removeprefix(_IMAGENET)}"
            )
            row_of_entry = ModelRow(
                name=entry.name, title=zoo_title(entry), facts=facts, badge=badge, kind="published", icon="download"
            )
            if self._wanted(entry.name, row_of_entry.title):
                rows.append(row_of_entry)
        if not self.zoo.entries:
            rows.append(ModelRow(name="", title=self.tr("Reading the list…"), kind="section"))
        return rows

    def _installed_rows(self) -> list[ModelRow]:
        rows: list[ModelRow] = []
        mine = [entry for entry in self._entries.values() if not entry.shipped]
        groups = [(self.tr("Yours"), mine)]
        for kind, title in KINDS.items():
            shipped = [entry for entry in self._entries.values() if entry.shipped and _is(entry, kind)]
            groups.append((translate_sentence(title, "cards"), shipped))
        for section, entries in groups:
            found = [row for row in map(self._row, entries) if self._wanted(row.name, row.title)]
            if found:
                rows += [ModelRow(name="", title=section, kind="section"), *found]
        return rows

    def _row(self, entry: ModelEntry) -> ModelRow:
        title = title_of(entry)
        if entry.card is None:
            sentence = translate_failure(entry.failure)[0] if entry.failure is not None else ""
            return ModelRow(
                name=entry.name, title=title, facts=sentence, badge=self.tr("Damaged"), kind="damaged", icon="warning"
            )
        facts = (headline_text(entry.card), file_size(entry.size))
        said = "  ·  ".join(fact for fact in facts if fact)
        return ModelRow(name=entry.name, title=title, facts=said, icon=kind_of(entry.card))

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._show_detail()
        self.selection_changed.emit()

    def _show_detail(self) -> None:
        name = self.selected()
        self._default = self._services.settings.current.answers.image_model
        if self.places.current == PUBLISHED and name in self.zoo.entries:
            entry, installed = self.zoo.entries[name], name in self._entries
            self.detail.show_page(lambda: ZooDetail(self._services.theme, self.zoo, entry, installed=installed))
            return
        self.detail.show_entry(self._entries.get(name), is_default=name == self._default)

    @Slot()
    def _make_default(self) -> None:
        self._services.settings.change("answers", image_model=self.selected())

    def _on_settings(self, settings: Settings) -> None:
        if settings.answers.image_model != self._default:
            self._show_detail()

    @Slot(str)
    def _on_place(self, key: str) -> None:
        if key == PUBLISHED:
            self.zoo.ask_for_list()
        self._show_rows()
        if self._rows.first() < 0:
            self.detail.show_entry(None)

    @Slot(str)
    def _on_download(self, name: str) -> None:
        if self.places.current == PUBLISHED and (number := self._rows.row_of(name)) >= 0:
            rows = {row.name: row for row in self._published_rows()}
            self._rows.replace(number, rows[name])

    @Slot(str)
    def _on_downloaded(self, name: str) -> None:
        self.models_touched.emit()
        self.message.emit(self.tr("{name} is installed.").format(name=name))

    @Slot(object)
    def _on_installed(self, entry: ModelEntry) -> None:
        self.places.choose(INSTALLED)
        self.refresh()
        self.select(entry.name)


def _is(entry: ModelEntry, kind: str) -> bool:
    """Return whether a model is of that kind; of a damaged file nobody knows, so it stands with the first."""
    return kind == (kind_of(entry.card) if entry.card is not None else next(iter(KINDS)))
