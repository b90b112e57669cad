"""Training in the true window, for real and within seconds: from the drop to the answer of the new network."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from deepstudio.core.training_messages import EventKind
from deepstudio.ui.workspaces.train.dialogs import Closing, TrainDialogs
from deepstudio.ui.workspaces.train.processes_dialog import ProcessesDialog
from deepstudio.ui.workspaces.train.rate_dialog import RateDialog
from deepstudio.ui.workspaces.train.view import LOOK, RUN, TrainView
from tests.helpers.train_window import PATIENCE_MS, make_small, open_data, wait_state

pytest_plugins = ["tests.helpers.train_fixtures"]


def click(widget: Any) -> None:
    assert widget.isVisible() and widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def idle(qtbot: Any, view: TrainView) -> None:
    qtbot.waitUntil(lambda: not view._services.jobs.busy(), timeout=PATIENCE_MS)


def finish(qtbot: Any, view: TrainView, pets: Path, **small: int) -> None:
    open_data(qtbot, view, pets)
    make_small(view, **small)
    view.commands.start()
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)


def test_from_the_drop_to_the_answer_of_the_new_network(qtbot: Any, window: Any, view: TrainView, pets: Path) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=60)
    events: list[EventKind] = []
    view.session.happened.connect(lambda event: events.append(event.kind))
    click(view.setup_page.start.start)
    assert view.page == RUN
    assert not view.setup_page.start.start.isEnabled()
    header = view.run_page.header
    qtbot.waitUntil(lambda: view.session.run.step >= 3 and header.pause.isEnabled(), timeout=PATIENCE_MS)
    click(header.pause)
    wait_state(qtbot, view, "paused")
    paused_at = view.session.run.step
    header.rate.spin.setValue(0.25)
    window.show_workspace("models")  # training does not depend on what is shown
    window.show_workspace("train")
    QTest.keyClick(window, Qt.Key.Key_F5)  # goes on
    qtbot.waitUntil(lambda: view.session.run.step > paused_at + 3, timeout=PATIENCE_MS)
    assert view.session.run.rate_factor == 0.25
    view.session.finish_after_epoch()
    wait_state(qtbot, view, "finished")
    assert {EventKind.PAUSED, EventKind.CONTINUED, EventKind.RATE, EventKind.FINISHED} <= set(events)
    rates = view.session.sources()[0].series("learning_rate")
    assert rates is not None and np.array_equal(rates.steps, np.arange(len(rates)))
    result = view.run_page.result
    qtbot.waitUntil(result.isVisible)
    click(result.open)
    qtbot.waitUntil(lambda: window.host.current() == "image", timeout=PATIENCE_MS)
    image = window.workspace("image").view
    assert [choice.name for choice in image.models.selected()] == ["pets"]
    window.open_paths([pets / "dog" / "003.png"])
    qtbot.waitUntil(lambda: image.single.answers.columns[0].headline() == "dog", timeout=PATIENCE_MS)
    idle(qtbot, view)


def test_curves_are_in_the_store_and_in_the_view(qtbot: Any, view: TrainView, pets: Path) -> None:
    finish(qtbot, view, pets, epochs=2)
    run = view.session.run
    store = view._services.open_store()
    row = store.run(run.run_id)
    assert row.status == "finished" and row.folder == str(Path(run.folder).resolve())
    stored, shown = store.read(run.run_id, "loss"), view.session.sources()[0].series("loss")
    assert np.array_equal(stored.steps, shown.steps) and np.array_equal(stored.values, shown.values)
    assert len(view.run_page.curves.sources()) == 1


def test_a_stopped_run_goes_on_from_its_checkpoint(qtbot: Any, view: TrainView, pets: Path) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=60)
    view.commands.start()
    qtbot.waitUntil(lambda: view.session.run.step >= 3, timeout=PATIENCE_MS)
    view.session.stop_after_step()
    wait_state(qtbot, view, "stopped")
    stopped_at, folder = view.session.run.step, view.session.run.folder
    idle(qtbot, view)
    resume = view.run_page.header.resume
    qtbot.waitUntil(resume.isVisible)
    with qtbot.waitSignal(view.session.opened, timeout=PATIENCE_MS) as opened:
        click(resume)
    assert opened.args[0].resumed and opened.args[0].first_step == stopped_at
    assert opened.args[0].folder == folder
    view.session.finish_after_epoch()
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)


def test_the_network_is_used_while_it_trains(qtbot: Any, window: Any, view: TrainView, pets: Path) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=400)
    view.commands.start()
    qtbot.waitUntil(lambda: view.session.run.step >= 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(view.run_page.header.use.isEnabled)
    click(view.run_page.header.use)
    qtbot.waitUntil(lambda: window.host.current() == "image", timeout=PATIENCE_MS)
    image = window.workspace("image").view
    window.open_paths([pets / "cat" / "001.png"])
    qtbot.waitUntil(lambda: image.single.answers.columns[0].headline() in ("cat", "dog"), timeout=PATIENCE_MS)
    assert view.session.active
    view.session.stop_after_step()
    wait_state(qtbot, view, "stopped")
    idle(qtbot, view)


def test_closing_the_window_asks_and_leaves_a_checkpoint(
    qtbot: Any, window: Any, view: TrainView, pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=400)
    view.commands.start()
    qtbot.waitUntil(lambda: view.session.run.step >= 2, timeout=PATIENCE_MS)
    answers = [Closing.STAY, Closing.STOP]
    monkeypatch.setattr(TrainDialogs, "ask_closing", lambda parent: answers.pop(0))
    assert not window.close() and window.isVisible() and view.session.active
    assert window.close()
    idle(qtbot, view)
    assert (Path(view.session.run.folder) / "checkpoint.pt").is_file()


def test_a_run_that_a_crash_ended_is_offered(qtbot: Any, window: Any, view: TrainView, pets: Path) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=60)
    view.commands.start()
    qtbot.waitUntil(lambda: view.session.run.step >= 3, timeout=PATIENCE_MS)
    view.session.stop_after_step()
    wait_state(qtbot, view, "stopped")
    idle(qtbot, view)
    view._services.open_store().update(view.session.run.run_id, status="interrupted")
    view.interrupted.look()
    qtbot.waitUntil(view.interrupted.isVisible, timeout=PATIENCE_MS)
    with qtbot.waitSignal(view.session.opened, timeout=PATIENCE_MS) as opened:
        click(view.interrupted.resume)
    assert opened.args[0].resumed and not view.interrupted.isVisible()
    view.session.stop_after_step()
    wait_state(qtbot, view, "stopped")
    idle(qtbot, view)


def test_a_failure_is_said_with_its_details(qtbot: Any, view: TrainView, pets: Path) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=1)
    for path in pets.rglob("*.png"):
        os.truncate(path, 20)
    view.commands.start()
    wait_state(qtbot, view, "failed")
    qtbot.waitUntil(view.run_page.result.isVisible)
    assert view.session.run.failure.text() and view.setup_page.start.reason == ""
    idle(qtbot, view)


def test_a_cell_opens_its_samples_and_corrections_are_undone_and_trained_on(
    qtbot: Any, window: Any, view: TrainView, pets: Path
) -> None:
    finish(qtbot, view, pets, epochs=2)
    before = sorted(path.name for path in pets.rglob("*"))
    view.show_page(LOOK)
    page, presenter = view.look_page, view.look_page.presenter
    qtbot.waitUntil(lambda: presenter.result is not None, timeout=PATIENCE_MS)
    idle(qtbot, view)
    result = presenter.result
    losses = [float(result.losses[result.names.index(tile.name)]) for tile in page.samples.tiles.tiles()]
    assert losses == sorted(losses, reverse=True) and len(losses) == len(result.names)
    true, predicted = int(result.labels[0]), int(result.predicted[0])
    page.matrix.cell_activated.emit(true, predicted)
    tiles = page.samples.tiles.tiles()
    assert len(tiles) == result.confusion[true, predicted]
    qtbot.waitUntil(lambda: all(tile.name in page.samples.tiles.pixmaps for tile in tiles), timeout=PATIENCE_MS)
    page.samples.setCurrentIndex(page.samples.tiles.index(0, 0))
    click(page.right.exclude)
    qtbot.waitUntil(lambda: page.samples.tiles.tiles()[0].excluded, timeout=PATIENCE_MS)
    other = result.classes[1 - true]
    next(action for action in page.right.labels.actions() if action.text() == other).trigger()
    qtbot.waitUntil(lambda: presenter.state.relabelled == {tiles[0].name: other}, timeout=PATIENCE_MS)
    idle(qtbot, view)
    click(page.right.undo)
    qtbot.waitUntil(lambda: not presenter.state.relabelled, timeout=PATIENCE_MS)
    assert presenter.state.can_redo and tiles[0].name in presenter.state.excluded
    assert sorted(path.name for path in pets.rglob("*") if not path.name.startswith(".")) == before
    idle(qtbot, view)
    qtbot.waitUntil(lambda: sum(row.count for row in view.setup.view.classes) == 59, timeout=PATIENCE_MS)
    view.commands.train_again()
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)
    assert not page.samples.tiles.tiles()


def test_the_corrected_set_is_exported(
    qtbot: Any, view: TrainView, pets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(qtbot, view, pets, epochs=1)
    view.show_page(LOOK)
    qtbot.waitUntil(lambda: view.look_page.presenter.result is not None, timeout=PATIENCE_MS)
    idle(qtbot, view)
    name = view.look_page.presenter.result.names[0]
    view.look_page.presenter.exclude([name])
    idle(qtbot, view)
    target = tmp_path / "out.csv"
    monkeypatch.setattr(TrainDialogs, "ask_corrections_target", lambda parent, proposal: target)
    with qtbot.waitSignal(view.message, timeout=PATIENCE_MS):
        click(view.look_page.right.export)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 60 and not any(Path(name).name in line and "cat" in line for line in lines if name in line)
    idle(qtbot, view)


def test_a_learning_rate_is_found_and_applied(
    qtbot: Any, view: TrainView, pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_data(qtbot, view, pets)
    make_small(view)

    def run_through(dialog: RateDialog) -> int:
        qtbot.waitUntil(lambda: dialog.finding is not None, timeout=PATIENCE_MS)
        assert dialog.apply.isEnabled() and len(dialog.plot._rates) > 10
        dialog.accept()
        return int(dialog.result())

    monkeypatch.setattr(RateDialog, "exec", run_through)
    view.commands.find_rate()
    rate = view.setup.draft.value("optimizer.lr")
    assert rate != 0.01 and 1e-6 < rate < 10
    idle(qtbot, view)


def test_folds_and_seeds_show_their_spread(
    qtbot: Any, view: TrainView, pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=1)
    monkeypatch.setattr(TrainDialogs, "ask_count", lambda *arguments, **keywords: 2)
    for ask in (view.commands.ask_folds, view.commands.ask_seeds):
        ask()
        wait_state(qtbot, view, "finished")
        idle(qtbot, view)
        series = view.run_page.series
        assert series.isVisible() and series.table.rowCount() == 2 and "±" in series.summary.text()
        assert len(view.session.sources()) == 2 and len(view.run_page.curves.sources()) == 2
        mean = view.session.run.finished.mean
        assert all(math.isfinite(value) for value in mean.values())


def test_a_change_of_language_leaves_the_run_and_its_curves_alone(
    qtbot: Any, window: Any, view: TrainView, pets: Path
) -> None:
    open_data(qtbot, view, pets)
    make_small(view, epochs=400)
    view.commands.start()
    qtbot.waitUntil(lambda: view.session.run.step >= 3, timeout=PATIENCE_MS)
    step, host = view.session.run.step, window.host
    QCoreApplication.postEvent(window, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: window.host is not host, timeout=PATIENCE_MS)
    again = window.workspace("train").view
    assert again is not view and again.session.active and again.page == RUN
    qtbot.waitUntil(lambda: again.session.run.step > step + 2, timeout=PATIENCE_MS)
    (source,) = again.run_page.curves.sources()
    assert source.series("loss").steps[0] == 0
    again.session.stop_after_step()
    wait_state(qtbot, again, "stopped")
    idle(qtbot, again)


def test_several_processes_are_started_and_followed_through_the_store(
    qtbot: Any, view: TrainView, pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProcessesDialog, "ask", lambda recipe, data, parent: 2)
    open_data(qtbot, view, pets)
    make_small(view, epochs=2)
    view.commands.ask_processes()
    qtbot.waitUntil(lambda: view.session.run.step > 0, timeout=PATIENCE_MS)
    assert not view.session.can_steer
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)
    run = view.session.run
    assert run.model is not None and run.model.is_file()
    row = view._services.open_store().run(run.run_id)
    assert row.status == "finished"
    assert view.run_page.result.isVisible()
    assert run.step == run.total_steps == 2 * run.steps_per_epoch > 0
    assert run.finished.card.figure("accuracy") is not None and view.run_page.result._figures.isVisible()


def test_a_table_of_texts_is_checked_trained_and_opened_in_text(
    qtbot: Any, window: Any, view: TrainView, tmp_path: Path
) -> None:
    rows = [(f"the film was {word} and number {n}", label) for n in range(24) for word, label in
            (("superb", "good"), ("dreadful", "bad"))]  # fmt: skip
    table = tmp_path / "films.csv"
    table.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in rows), encoding="utf-8")
    open_data(qtbot, view, table)
    assert view.checks.report is not None and view.checks.report.samples == 48
    networks = view.setup_page.recipe.networks
    assert networks.findData("text-gru") >= 0 and networks.findData("speednet") < 0
    view.setup.draft.set("training.epochs", 2)
    view.commands.start()
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)
    view.use_model()
    qtbot.waitUntil(lambda: window.host.current() == "text", timeout=PATIENCE_MS)
    idle(qtbot, view)
