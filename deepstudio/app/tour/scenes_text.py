"""What the tour shows of the texts: a text is typed, read from inside, translated, written on, sorted by the row.

Only with models that are installed. GUI thread.
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deepstudio.app.tour.stage import Stage, TourError
from deepstudio.ui.workspaces.text.tasks import (
    CLASSIFY,
    CONTINUE,
    TAG,
    VECTORS,
    WRITE,
    TextModel,
    example_texts,
    text_models,
)
from deepstudio.ui.workspaces.text.view import ANSWER, INSIDE, ROWS, WORDS, TextView

_TYPED = 40
"""Characters typed key by key; the rest of a text comes at once."""


class TextScenes:
    """The scenes of the Text workspace."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        view = stage.window.workspace("text").view  # type: ignore[attr-defined]
        assert isinstance(view, TextView)
        self.view = view
        self.models = text_models(stage.program.services.library)

    def show(self) -> None:
        """Go to the texts by their shortcut."""
        names = [space.name for space in self.stage.window.host.spaces()]
        self.stage.keys(Qt.Key(Qt.Key.Key_1.value + names.index("text")))
        self.stage.until(lambda: self.stage.window.host.current() == "text", "the texts")
        self.stage.idle()

    def first(self, pane: str) -> TextModel | None:
        """Return the first model whose answers `pane` shows."""
        return next((model for model in self.models if model.task.pane == pane), None)

    def ask(self, model: TextModel) -> None:
        """Type an example for a model and wait for the answer."""
        text = (*example_texts(model, self.models), "The train to the coast was late again.")[0]
        self.view.use_model(model.name)
        self.view.show_page(ANSWER)
        self.view.clear()
        QTest.keyClicks(self.view.editor, text[:_TYPED])
        self.view.set_text(text)
        self.stage.until(lambda: self.view.save_state()["text"] == text, "the text to be taken")
        self.stage.idle()
        trouble = self.view.answer.trouble()
        if trouble:
            raise TourError(trouble)

    def page(self, page: str, picture: str) -> None:
        """Show a page of what is known about the text."""
        self.view.show_page(page)
        self.stage.idle()
        self.stage.shoot(picture)

    def analogy(self, query: str) -> None:
        """Look for words near a word, on the map by t-SNE."""
        self.view.show_page(WORDS)
        words = self.view.inside.words
        self.stage.idle()
        self.stage.click(words.method.button("tsne"))
        words.look_for(query)
        self.stage.idle()
        self.stage.shoot("text-words")

    def write_on(self) -> None:
        """Let the model write, and branch at the third token."""
        writer = self.view.answer.writer
        writer.settings.boxes["tokens"].setValue(24)
        self.stage.click(writer.button)
        self.stage.until(lambda: len(writer.tokens) >= 24, "the writing")
        self.stage.idle()
        writer.show_alternatives(2)
        self.stage.shoot("text-writer")
        item = writer.alternatives.item(1)
        writer.alternatives.itemClicked.emit(item)
        self.stage.idle()
        self.stage.shoot("text-branch")

    def sort_rows(self) -> None:
        """Sort a table of examples, and export it."""
        texts = [text for model in self.models for text in example_texts(model, self.models)]
        with tempfile.TemporaryDirectory() as folder:
            table, target = Path(folder) / "letters.csv", Path(folder) / "letters-answers.csv"
            with table.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([["text"], *([text] for text in dict.fromkeys(texts))])
            rows = self.view.rows
            self.view.open_table(table)
            self.stage.until(lambda: len(rows.rows.texts) and not rows.presenter.busy, "the rows")
            self.stage.idle()
            self.stage.shoot("text-rows")
            rows.export_to(target)
            self.stage.until(target.exists, "the exported table")
            self.stage.idle()
            self.stage.window.toasts.clear()


def main_job(stage: Stage) -> None:
    """One text after another, as far as there are models for them."""
    scenes = TextScenes(stage)
    with stage.step("texts"):
        scenes.show()
        stage.shoot("text-empty")
    for pane, name in ((CLASSIFY, "text-class"), (TAG, "text-entities"), (WRITE, "text-translation")):
        model = scenes.first(pane)
        if model is not None:
            with stage.step(f"text {model.name}"):
                scenes.ask(model)
                stage.shoot(name)
    if (model := scenes.first(CONTINUE)) is not None:
        with stage.step("write on"):
            scenes.ask(model)
            scenes.write_on()
    if (model := scenes.first(CLASSIFY)) is not None:
        with stage.step("inside"):
            scenes.ask(model)
            scenes.page(INSIDE, "text-inside")
        with stage.step("words"):
            vectors = scenes.first(VECTORS)
            if vectors is None:
                scenes.analogy("good")
            else:
                scenes.view.use_model(vectors.name)
                scenes.analogy("king - man + woman")
                scenes.view.use_model(model.name)
        with stage.step("rows"):
            scenes.sort_rows()


def looks(stage: Stage) -> None:
    """The pages as they are, in the present theme, size and language."""
    scenes = TextScenes(stage)
    with stage.step("look at the texts"):
        scenes.show()
        model = scenes.first(CLASSIFY)
        if model is None:
            stage.shoot("text-empty")
            return
        scenes.ask(model)
        stage.shoot("text-class")
        scenes.page(INSIDE, "text-inside")
        scenes.page(WORDS, "text-words")
        if scenes.view.rows.rows.texts:
            scenes.page(ROWS, "text-rows")
        scenes.view.show_page(ANSWER)
