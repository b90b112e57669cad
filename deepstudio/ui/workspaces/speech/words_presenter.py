"""The user's word sets: listed, made, changed and deleted with a way back. No widgets. GUI thread.

Files are touched in the lane "files" only, one change after another; what is shown is what the disk said last.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from deepstudio.audio import word_sets
from deepstudio.audio.word_sets import Take, WordSet
from deepstudio.core.messages import Failure
from deepstudio.ui.workspaces.speech.word_jobs import Change, change, purge_deleted, zip_folder


class WordsPresenter(QObject):
    """`current` is the set on screen."""

    sets_changed = Signal()
    set_changed = Signal()
    take_added = Signal(object)
    """A `Take` that is on disk now."""
    message = Signal(str)
    failed = Signal(object)
    undo_offered = Signal(str, object)

    def __init__(self, jobs: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wanted: Path | None = None
        self.sets: tuple[WordSet, ...] = ()
        self.current: WordSet | None = None
        self._first = True
        """Whether the sets were never listed: one of earlier days is then shown at once."""

    # Sets

    def refresh(self) -> None:
        """Read the list of sets anew."""
        self._do(word_sets.word_sets, self._on_listed)

    def forget_deleted(self) -> None:
        """Delete for good what was deleted in earlier sessions: nobody can bring it back any more."""
        self._do(purge_deleted, lambda _result: None)

    def show(self, folder: Path | None) -> None:
        """Show the set in `folder`, or none."""
        self._wanted = folder
        self.current = next((one for one in self.sets if one.folder == folder), None)
        self.set_changed.emit()

    def create(self, title: str, words: list[str]) -> None:
        """Make a set with its first words, and show it."""

        def act() -> WordSet:
            made = word_sets.create_word_set(title)
            for word in words:
                made = word_sets.add_word(made, word)
            return made

        self._do(act, self._on_created)

    def delete(self) -> None:
        """Delete the set on screen; it can be brought back."""
        if self.current is not None:
            text = self.tr("“{name}” was deleted.").format(name=self.current.title)
            self._do(partial(word_sets.delete_word_set, self.current), partial(self._on_aside, text))
            self.show(None)

    def export(self, target: Path) -> None:
        """Write the set on screen as a ZIP archive: a folder a word, a FLAC file a take."""
        if self.current is not None:
            self._do(partial(zip_folder, self.current.folder, target), self._on_exported)

    # Words and takes

    def add_word(self, text: str) -> None:
        """Add a word to the set on screen."""
        self._change(partial(_with_set, word_sets.add_word, self._folder(), text))

    def rename_word(self, old: str, new: str) -> None:
        """Give a word another spelling; its takes stay."""
        self._change(partial(_with_set, word_sets.rename_word, self._folder(), old, new))

    def delete_word(self, text: str) -> None:
        """Delete a word with its takes; it can be brought back."""
        said = self.tr("“{name}” was deleted.").format(name=text)
        self._do(partial(_with_set, word_sets.delete_word, self._folder(), text), partial(self._on_changed, said))

    def add_take(self, text: str, samples: np.ndarray) -> None:
        """Keep a take of a word."""
        self._do(partial(_with_word, word_sets.add_take, self._folder(), text, samples), self._on_take)

    def import_takes(self, text: str, paths: list[Path]) -> None:
        """Cut takes of a word out of sound files."""
        self._change(partial(_with_word, word_sets.import_takes, self._folder(), text, paths))

    def delete_take(self, take: Take) -> None:
        """Delete a take; it can be brought back."""
        said = self.tr("The take was deleted.")
        self._do(partial(_with_set, word_sets.delete_take, self._folder(), take), partial(self._on_changed, said))

    # What comes back

    def _folder(self) -> Path:
        assert self.current is not None
        return self.current.folder

    def _change(self, act: Callable[[], Any]) -> None:
        self._do(act, partial(self._on_changed, ""))

    def _do(self, act: Callable[[], Any], then: Callable[[Any], None]) -> None:
        handle = self._jobs.submit(change, Change(act=act), lane="files", title=self.tr("Word sets"))
        handle.done.connect(lambda result: then(result) if shiboken6.isValid(self) else None)
        handle.failed.connect(self._on_failed)

    def _on_listed(self, found: Any) -> None:
        self.sets = tuple(found)
        if self._first and self._wanted is None and self.sets:
            self._wanted = self.sets[0].folder
        self._first = False
        self.sets_changed.emit()
        self.show(self._wanted)

    def _on_created(self, made: WordSet) -> None:
        self._wanted = made.folder
        self.refresh()

    def _on_changed(self, undo_text: str, result: Any) -> None:
        changed, aside = result if isinstance(result, tuple) else (result, None)
        self._take_in(changed)
        if undo_text:
            self._offer(undo_text, aside)

    def _on_take(self, result: Any) -> None:
        changed, take = result
        self._take_in(changed)
        self.take_added.emit(take)

    def _on_aside(self, text: str, aside: Any) -> None:
        self.refresh()
        self._offer(text, aside)

    def _offer(self, text: str, aside: Any) -> None:
        self.undo_offered.emit(text, lambda: self._do(partial(word_sets.restore, aside), self._on_restored))

    def _on_restored(self, path: Path) -> None:
        if self._wanted is None and path.is_dir() and path.parent == word_sets.word_sets_dir():
            self._wanted = path
        self.refresh()

    def _take_in(self, changed: WordSet) -> None:
        """Show a set as the disk has it now."""
        self.sets = tuple(changed if one.folder == changed.folder else one for one in self.sets)
        self.sets_changed.emit()
        if self._wanted == changed.folder:
            self.show(changed.folder)

    def _on_exported(self, path: Path) -> None:
        self.message.emit(self.tr("Saved {name}.").format(name=path.name))

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.failed.emit(failure)
        self.refresh()


def _with_set(function: Callable[..., Any], folder: Path, *values: object) -> Any:
    """Call `function` with the set as the disk has it: changes follow each other faster than their answers come."""
    return function(word_sets.open_word_set(folder), *values)


def _with_word(function: Callable[..., Any], folder: Path, text: str, values: object) -> Any:
    """The same for something that belongs to a word; the row for anything else is a word from its first take on."""
    found = word_sets.open_word_set(folder)
    if text == word_sets.OTHER and all(word.text != text for word in found.words):
        found = word_sets.add_word(found, text)
    return function(found, text, values)
