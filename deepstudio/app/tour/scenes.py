"""What the tour shows, in order. Each scene leaves the window fit for the next. GUI thread."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from deepstudio.app.tour.stage import Stage, TourError
from deepstudio.core.requests import ImageAnswer, ImageSource
from deepstudio.ui.workspaces.image.own_labels import OwnLabels
from deepstudio.ui.workspaces.image.picture_presenter import Viewing
from deepstudio.ui.workspaces.image.samples import Sample, shipped_samples
from deepstudio.ui.workspaces.image.view import DRAW, MANY, PICTURE, ImageView

WIDE = (1440, 900)
NARROW = (900, 640)
_TYPED, _SHOWN = "kitten, puppy, pony, a lorry", "speed limit"
_CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class ImageScenes:
    """The scenes of the image workspace."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.view = self._find_view()
        self._answered: list[Viewing] = []
        self._explained: list[object] = []
        self.view.single.answered.connect(self._answered.append)
        self.view.single.reasons.explained.connect(lambda request, explanation: self._explained.append(request))

    def _find_view(self) -> ImageView:
        view = self.stage.window.workspace("image").view  # type: ignore[attr-defined]
        assert isinstance(view, ImageView)
        return view

    # Scenes

    def drop_one(self, sample: Sample, *, picture: str = "answer", show_hint: bool = False) -> None:
        """Drop a file on the window and wait for the answer and its Grad-CAM."""
        stage = self.stage
        self.choose_models(sample.model)
        stage.idle()
        mime = stage.drag_over([sample.path])
        if show_hint:
            stage.shoot("drop")
        self._answered.clear()
        began = time.perf_counter()
        stage.let_fall(mime)
        stage.until(lambda: self._answered, f"the answer to {sample.path.name}")
        drop_ms = (time.perf_counter() - began) * 1e3
        for answer in self._answered[0].answers.values():
            stage.note_answer(sample.path, answer, drop_ms)
            _refuse_failure(answer)
        stage.idle()
        stage.shoot(picture)

    def ask_another_class(self) -> None:
        """Click the second bar: Grad-CAM for that class."""
        bars = self.view.single.answers.columns[0].bars.bars()
        before = self.view.single.why.question()
        self.stage.click(bars[1])
        self.stage.idle()
        if self.view.single.why.question() == before:
            raise TourError("clicking another class did not ask why")
        self._refuse_trouble()
        self.stage.shoot("another-class")

    def integrate_gradients(self) -> None:
        """Switch the method."""
        why = self.view.single.why
        self.stage.click(why.methods.button("integrated-gradients"))
        self.stage.idle()
        self._refuse_trouble()
        self.stage.shoot("integrated-gradients")
        self.stage.click(why.methods.button("grad-cam"))
        self.stage.idle()

    def compare(self, sample: Sample, other: str) -> None:
        """Show the same picture to two models, by the shortcut."""
        stage = self.stage
        self.choose_models(sample.model, other)
        self._answered.clear()
        stage.keys(Qt.Key.Key_M, _CONTROL_SHIFT)
        if not self.view.models.comparing:
            raise TourError("the shortcut did not bring the second model")
        stage.let_fall(stage.drag_over([sample.path]))
        stage.until(
            lambda: self._answered and len(self._answered[-1].answers) == 2, f"two answers to {sample.path.name}"
        )
        for answer in self._answered[-1].answers.values():
            stage.note_answer(sample.path, answer, None)
        stage.idle()
        stage.shoot("two-models")
        stage.keys(Qt.Key.Key_M, _CONTROL_SHIFT)
        stage.idle()

    def own_labels(self, sample: Sample, example: Sample, like_it: Sample) -> None:
        """Type labels of one's own, then show an example of one and drop a picture that is like it."""
        stage, labels = self.stage, self.view.labels
        self.choose_models("image-text")
        stage.settle()
        self._answered.clear()
        stage.let_fall(stage.drag_over([sample.path]))
        stage.until(lambda: self._answered, "the answer by names")
        self._answered.clear()
        QTest.keyClicks(labels.line, _TYPED)
        QTest.keyClick(labels.line, Qt.Key.Key_Return)
        stage.until(lambda: self._answered, "the answer by typed labels")
        stage.note_answer(sample.path, next(iter(self._answered[-1].answers.values())), None)
        stage.idle()
        stage.shoot("own-labels")
        self._answered.clear()
        source = ImageSource(name=example.path.name, path=example.path)
        labels.set_labels(labels.labels.with_examples(_SHOWN, [source]))
        stage.until(lambda: self._answered, "the answer with an example")
        self._answered.clear()
        stage.let_fall(stage.drag_over([like_it.path]))
        stage.until(lambda: self._answered, "the answer to what is like the example")
        stage.note_answer(like_it.path, next(iter(self._answered[-1].answers.values())), None)
        stage.idle()
        stage.shoot("own-labels-example")
        labels.set_labels(OwnLabels())
        stage.idle()

    def drop_broken(self, broken: Path) -> None:
        """Drop a file that is no picture: a sentence says why."""
        stage = self.stage
        self._answered.clear()
        stage.let_fall(stage.drag_over([broken]))
        stage.until(lambda: self._answered, "the sentence about the broken file")
        answer = next(iter(self._answered[0].answers.values()))
        stage.note_answer(broken, answer, None)
        if answer.failure is None:
            raise TourError("a broken file was answered")
        stage.idle()
        stage.shoot("unreadable")

    def drop_many(self, paths: Sequence[Path], model: str) -> None:
        """Drop several files, a broken one among them: a table, and the rest goes on."""
        stage = self.stage
        self.choose_models(model)
        stage.let_fall(stage.drag_over(paths))
        rows = self.view.batch.rows
        stage.until(lambda: rows.total == len(paths), f"{len(paths)} rows")
        stage.idle()
        unread = sum(row.failure is not None for row in rows.shown_rows())
        stage.report.answers.append({"input": "many", "rows": rows.total, "unreadable": unread})
        stage.shoot("many-pictures")

    def draw_digit(self) -> None:
        """Draw a three with the mouse; the answer is live."""
        stage = self.stage
        stage.keys(Qt.Key.Key_D)
        stage.until(lambda: self.view.modes.current == DRAW, "the drawing pad")
        stage.settle()
        self._answered.clear()
        self._explained.clear()
        pad = self.view.single.input.drawing.pad
        stage.stroke(pad, three(pad.sheet()))
        stage.until(lambda: self._answered, "a live answer")
        stage.until(lambda: self._explained, "why, once the pen rests")
        stage.idle()
        answer = next(iter(self._answered[-1].answers.values()))
        stage.note_answer(None, answer, None)
        stage.report.answers[-1]["live_answers"] = len(self._answered)
        stage.shoot("drawing")

    def look_at_drawing(self) -> None:
        """Show the drawing that is there, explained, or draw one."""
        self._explained.clear()
        self.show_page(DRAW)
        if self.view.single.input.drawing.pad.empty:
            self.draw_digit()
            return
        self.stage.until(lambda: self._explained, "why, once the pen rests")
        self.stage.idle()
        self.stage.shoot("drawing")

    def show_page(self, mode: str) -> None:
        """Go to one of the pages of the workspace by clicking its tab."""
        self.stage.keys(Qt.Key.Key_1)
        self.stage.click(self.view.modes.button(mode))
        self.stage.idle()

    def show_why_tab(self, *, why: bool) -> None:
        """In a narrow window, show the answer or the explanation."""
        self.stage.click(self.view.single.panes.switch.button("right" if why else "middle"))
        self.stage.settle()

    # Helpers

    def choose_models(self, first: str, second: str | None = None) -> None:
        """Choose by name, as the list does."""
        models = self.view.models
        names = [choice.name for choice in models.choices]
        if first not in names:
            raise TourError(f"there is no model {first}")
        models.select(first, second, compare=False)
        models.chosen.emit()

    def _refuse_trouble(self) -> None:
        trouble = self.view.single.why.trouble()
        if trouble:
            raise TourError(trouble)


def main_job(stage: Stage, broken: Path) -> None:
    """The whole main job, once, in a wide light window."""
    samples = shipped_samples()
    scenes = ImageScenes(stage)
    with stage.step("empty"):
        stage.shoot("empty")
    by_model = {sample.model: sample for sample in reversed(samples)}
    first = by_model.get("objects", samples[0])
    with stage.step("drop"):
        scenes.drop_one(first, show_hint=True)
    with stage.step("another class"):
        scenes.ask_another_class()
    with stage.step("integrated gradients"):
        scenes.integrate_gradients()
    for name, sample in by_model.items():
        if sample is not first:
            with stage.step(f"drop for {name}"):
                scenes.drop_one(sample, picture=f"answer-{name}")
    others = [name for name in by_model if name != first.model]
    with stage.step("two models"):
        scenes.compare(by_model.get("signs", first), "objects" if "signs" in by_model else others[0])
    named = {sample.path.stem: sample for sample in samples}
    if {"cat", "sign-limit-30", "sign-limit-50"} <= named.keys():
        with stage.step("own labels"):
            scenes.own_labels(named["cat"], named["sign-limit-30"], named["sign-limit-50"])
    with stage.step("unreadable"):
        scenes.drop_broken(broken)
    with stage.step("many"):
        scenes.drop_many([sample.path for sample in samples] + [broken], first.model)
    with stage.step("draw"):
        scenes.draw_digit()
    shell(stage)


def shell(stage: Stage) -> None:
    """The models, the dialogs, the log."""
    control, control_shift = Qt.KeyboardModifier.ControlModifier, _CONTROL_SHIFT
    with stage.step("models"):
        show_models(stage)
    for name, key, modifiers in (
        ("settings", Qt.Key.Key_Comma, control),
        ("shortcuts", Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        ("command-menu", Qt.Key.Key_K, control),
    ):
        with stage.step(name):
            stage.shoot_dialog(name, partial(stage.keys, key, modifiers))
    with stage.step("log"):
        stage.keys(Qt.Key.Key_L, control_shift)
        stage.until(stage.window.log_dock.isVisible, "the log")
        stage.shoot("log")
        stage.keys(Qt.Key.Key_L, control_shift)


def show_models(stage: Stage) -> None:
    """Go to the models by their shortcut."""
    names = [space.name for space in stage.window.host.spaces()]
    key = Qt.Key(Qt.Key.Key_1.value + names.index("models"))
    stage.keys(key)
    stage.until(lambda: stage.window.host.current() == "models", "the models")
    stage.idle()
    stage.shoot("models")


def looks(stage: Stage, *, dialogs: bool) -> None:
    """The pages as they are, in the present theme, size and language."""
    scenes = ImageScenes(stage)
    narrow = stage.window.width() < WIDE[0]
    with stage.step("look at the answer"):
        scenes.show_page(PICTURE)
        scenes.drop_one(_first_sample())
        if narrow:
            scenes.show_why_tab(why=True)
            stage.shoot("why")
            scenes.show_why_tab(why=False)
    with stage.step("look at many"):
        scenes.show_page(MANY)
        if scenes.view.batch.empty:
            scenes.drop_many([sample.path for sample in shipped_samples()], _first_sample().model)
        else:
            stage.shoot("many-pictures")
    with stage.step("look at the drawing"):
        scenes.look_at_drawing()
    with stage.step("look at the models"):
        show_models(stage)
    if dialogs:
        with stage.step("look at the settings"):
            stage.shoot_dialog("settings", partial(stage.keys, Qt.Key.Key_Comma))


def three(sheet: QRectF) -> list[QPointF]:
    """Return the points of a handwritten 3 on a sheet: two open arcs."""
    points = []
    for centre, radius, start, end in ((0.36, 0.15, 200, 450), (0.65, 0.165, 270, 520)):
        for step in range(17):
            angle = math.radians(start + (end - start) * step / 16)
            x, y = 0.48 + radius * math.cos(angle), centre + radius * math.sin(angle)
            points.append(sheet.topLeft() + QPointF(x * sheet.width(), y * sheet.height()))
    return points


def _first_sample() -> Sample:
    samples = shipped_samples()
    return next((sample for sample in samples if sample.model == "objects"), samples[0])


def _refuse_failure(answer: ImageAnswer) -> None:
    if answer.failure is not None:
        raise TourError(answer.failure.text())
