"""What is being set up: data, task, network, recipe. Reads in the files lane; knows no widget. GUI thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.core.files import write_text_atomic
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.sample_texts import ReadTexts, read_sample_texts
from deepstudio.train.propose_text import Reading
from deepstudio.train.recipe_files import load_recipe, recipe_from_mapping
from deepstudio.train.recipe_toml import recipe_to_toml
from deepstudio.ui.workspaces.train.data_job import TEXTS, DataView, ReadData, read_data, slug
from deepstudio.ui.workspaces.train.draft import RecipeDraft
from deepstudio.ui.workspaces.train.network_job import ListNetworks, NetworkChoice, list_networks
from deepstudio.ui.workspaces.train.sample_data import MakeShapes, make_shapes


class SetupPresenter(QObject):
    """One set-up at a time. `view` is what lies at the data's path, None before anything was opened."""

    opened = Signal()
    """Data were opened, or read again: `view` is new."""
    closed = Signal()
    reading = Signal(bool)
    thumbnail = Signal(str, object)
    """Name of a sample, and its pixels (uint8 RGB)."""
    sample_text = Signal(str, str)
    """Name of a sample, and its text."""
    networks_known = Signal()
    title_changed = Signal()
    failed = Signal(object)
    message = Signal(str)

    def __init__(self, services: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = services.jobs
        self.draft = RecipeDraft(self)
        self.draft.replaced.connect(self._on_replaced)
        self.view: DataView | None = None
        self.networks: tuple[NetworkChoice, ...] = ()
        self._keep_recipe: Any = None
        self._reading = 0
        self._own_recipe: Any = None

    # Data

    def open_data(self, path: Path, *, recipe: Any = None, reading: Reading | None = None) -> None:
        """Look at a folder or file; with `recipe`, train that on it instead of a proposal.

        `reading` says how a table is meant: its task and its columns.
        """
        self._keep_recipe = recipe
        handle = self._jobs.submit(
            read_data,
            ReadData(path=Path(path), recipe=recipe, reading=reading or Reading()),
            lane="files",
            supersede="train.data",
            title=QT_TRANSLATE_NOOP("status", "Looking at the data"),
        )
        handle.done.connect(self._on_data)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_read)
        self._reading += 1
        self.reading.emit(True)

    def read_again(self) -> None:
        """Look at the data again, such as after corrections; the recipe stays."""
        if self.view is not None:
            self.open_data(self.view.path, recipe=self.draft.recipe, reading=self.view.reading)

    def read_as(self, reading: Reading) -> None:
        """Read the same data in another way: another task, or other columns."""
        if self.view is not None and reading != self.view.reading:
            self.open_data(self.view.path, reading=reading)

    def try_shapes(self) -> None:
        """Draw the sample set, unless it is there, and open it."""
        handle = self._jobs.submit(
            make_shapes, MakeShapes(), lane="files", title=QT_TRANSLATE_NOOP("status", "Drawing shapes")
        )
        handle.done.connect(self.open_data)
        handle.failed.connect(self.failed)
        handle.ended.connect(self._on_read)
        self._reading += 1
        self.reading.emit(True)

    def close_data(self) -> None:
        """Begin again with nothing."""
        self.view = None
        self.draft.clear()
        self.closed.emit()

    @Slot(object)
    def _on_data(self, view: DataView) -> None:
        again = self.view is not None and self.view.path == view.path and self._keep_recipe is self.draft.recipe
        if self._keep_recipe is not None and self.view is not None and self.view.path == view.path:
            # How the data can be read was found out when they were first looked at.
            kept = self.view
            view = replace(view, reading=kept.reading, columns=kept.columns, tasks=kept.tasks, reasons=kept.reasons)
        self.view = view
        if not (again and not self.draft.empty):
            if self._keep_recipe is None:
                self._own_recipe = view.recipe
            recipe = self._keep_recipe if self._keep_recipe is not None else view.recipe
            self.draft.open(recipe, self._class_of(recipe))
        self._keep_recipe = None
        self.opened.emit()
        self._read_thumbnails(view)
        if not self.networks:
            self._list_networks()

    @Slot()
    def _on_read(self) -> None:
        self._reading -= 1
        if not self._reading:
            self.reading.emit(False)

    def _read_thumbnails(self, view: DataView) -> None:
        names = tuple(name for row in view.classes for name in row.samples)
        if names and view.has_pictures:
            self.ask_thumbnails(names, supersede="train.thumbnails")

    @Slot(object)
    def ask_samples(self, names: Iterable[str]) -> None:
        """Read samples to show them: each comes as `thumbnail`, or as `sample_text`."""
        if self.view is None or self.view.has_pictures:
            self.ask_thumbnails(names)
        elif self.view.kind == TEXTS:
            handle = self._jobs.submit(
                read_sample_texts,
                ReadTexts(data=self.view.root, names=tuple(names)),
                lane="files",
                title=QT_TRANSLATE_NOOP("status", "Reading the data"),
            )
            handle.partial.connect(self._on_text)

    @Slot(object)
    def _on_text(self, found: Any) -> None:
        self.sample_text.emit(found.name, found.text)

    def ask_thumbnails(self, names: Iterable[str], *, supersede: str = "", side: int = 64) -> None:
        """Read small pictures of samples; each comes as `thumbnail`."""
        from deepstudio.data.thumbnails import ReadThumbnails, read_thumbnails

        if self.view is None:
            return
        handle = self._jobs.submit(
            read_thumbnails,
            ReadThumbnails(data=self.view.root, names=tuple(names), side=side),
            lane="files",
            supersede=supersede or None,
            title=QT_TRANSLATE_NOOP("status", "Reading pictures"),
        )
        handle.partial.connect(self._on_thumbnail)

    @Slot(object)
    def _on_thumbnail(self, found: Any) -> None:
        if found.pixels is not None:
            self.thumbnail.emit(found.name, found.pixels)

    # Networks and recipes

    def fitting_networks(self) -> list[NetworkChoice]:
        """Return the networks that can be trained for the task of the recipe."""
        return [] if self.draft.empty else [item for item in self.networks if item.fits(self.draft.recipe.task)]

    def use_network(self, name: str) -> None:
        """Train another network."""
        if not self.draft.empty and hasattr(self.draft.recipe, "network") and name != self._architecture():
            self.draft.use_network(name, self._class_named(name))

    def _architecture(self) -> str:
        return str(self.draft.recipe.network.architecture)

    @property
    def own_name(self) -> str:
        """Return the name of the recipe made for the data, "" before there is one."""
        return self._own_recipe.name if self._own_recipe is not None else ""

    def use_shipped(self, name: str) -> None:
        """Train the shipped recipe `name`; "" goes back to the one made for the data."""
        if name:
            self._open_recipe(name)
        elif self._own_recipe is not None and self.view is not None:
            self.open_data(self.view.path, recipe=self._own_recipe)

    def open_recipe(self, path: Path) -> None:
        """Read a recipe from a TOML file; the data stay."""
        self._open_recipe(path)

    def use_mapping(self, mapping: dict[str, Any]) -> bool:
        """Take a recipe as plain values, such as from an earlier run; False, with a failure, if it makes no sense."""
        try:
            recipe = recipe_from_mapping(mapping, where=self.tr("the settings of that run"))
        except DeepStudioError as error:
            self.failed.emit(failure_from(error))
            return False
        self.draft.open(recipe, self._class_of(recipe))
        return True

    def save_recipe(self, path: Path) -> None:
        """Write the recipe as TOML."""
        try:
            write_text_atomic(path, recipe_to_toml(self.draft.recipe))
        except OSError as error:
            self.failed.emit(failure_from(error))
            return
        self.message.emit(self.tr("The recipe was written to {path}.").format(path=path.name))

    def set_title(self, title: str) -> None:
        """Name the model that is to be made; its file is named after it."""
        title = title.strip()
        if title and not self.draft.empty and title != self.draft.recipe.title:
            self.draft.set_many({"title": title, "name": slug(title)})
            self.title_changed.emit()

    def _open_recipe(self, source: str | Path) -> None:
        try:
            recipe = load_recipe(source)
        except (DeepStudioError, OSError) as error:
            self.failed.emit(failure_from(error))
            return
        if self.view is None:
            self.draft.open(recipe, self._class_of(recipe))
            return
        # What a recipe of another set, or of another task, finds in the data is for the lane to say.
        self.open_data(self.view.path, recipe=self._fitted(recipe))

    def _fitted(self, recipe: Any) -> Any:
        """Return a recipe with the files and columns of the data that are open, where it is of their task."""
        view = self.view
        if view is None or view.task != recipe.task or view.kind != TEXTS or recipe.name in view.shipped:
            return recipe
        own, data = view.recipe.data, recipe.data
        files = {"folder": own.folder, "train": own.train, "validation": own.validation, "test": own.test}
        columns = {name: getattr(own, name) for name in ("text_columns", "target_column", "label_column", "header")}
        share = {"validation_share": data.validation_share or own.validation_share, "test_share": 0.0}
        return replace(recipe, labels=(), data=replace(data, name=own.name, **files, **columns, **share))

    def _list_networks(self) -> None:
        handle = self._jobs.submit(
            list_networks,
            ListNetworks(),
            lane="files",
            supersede="train.networks",
            title=QT_TRANSLATE_NOOP("status", "Getting ready"),
        )
        handle.done.connect(self._on_networks)
        handle.failed.connect(self.failed)

    @Slot(object)
    def _on_networks(self, networks: tuple[NetworkChoice, ...]) -> None:
        self.networks = networks
        if not self.draft.empty:
            self.draft.know_network(self._class_of(self.draft.recipe))
        self.networks_known.emit()

    @Slot()
    def _on_replaced(self) -> None:
        # After an undo the options of another network may be wanted.
        if not self.draft.empty and self.networks:
            self.draft.know_network(self._class_of(self.draft.recipe))

    def _class_of(self, recipe: Any) -> type[Any] | None:
        return self._class_named(recipe.network.architecture) if hasattr(recipe, "network") else None

    def _class_named(self, name: str) -> type[Any] | None:
        return next((item.config_class for item in self.networks if item.name == name), None)

    # Starting

    def ready_recipe(self) -> Any:
        """Return the recipe as it will be trained."""
        assert not self.draft.empty
        return replace(self.draft.recipe)
