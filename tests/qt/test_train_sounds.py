"""Recordings in the true window, to the end: words are trained, looked at and heard; sentences trained and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from deepstudio.audio.player import Player
from deepstudio.audio.sound_files import read_sound
from deepstudio.infer.hearing import open_hearing
from deepstudio.models.modelfile import read_card
from deepstudio.train.speech.sets import read_table
from deepstudio.ui.workspaces.train.dialogs import TrainDialogs
from deepstudio.ui.workspaces.train.view import LOOK, TrainView
from tests.helpers.text_sets import write_sound, write_word_folders
from tests.helpers.train_window import PATIENCE_MS, open_data, wait_state
from tests.qt.test_train_texts import click, idle

pytest_plugins = ["tests.helpers.train_fixtures"]

_SENTENCES = ("it is a fine day", "this is a good dog", "we go up the hill", "the day is good")


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[np.ndarray, int]]:
    """Return what goes to the loudspeaker from now on; nothing does."""
    heard: list[tuple[np.ndarray, int]] = []

    def play_blocks(player: Player, blocks: Iterator[np.ndarray], rate: int, channels: int) -> None:
        heard.append((np.concatenate(list(blocks)), rate))

    monkeypatch.setattr(Player, "play_blocks", play_blocks)
    return heard


def train(qtbot: Any, view: TrainView, data: Path, **settings: Any) -> None:
    open_data(qtbot, view, data)
    view.setup.draft.set_many({"training.epochs": 2, "training.patience": 0, **settings})
    click(view.setup_page.start.start)
    wait_state(qtbot, view, "finished")
    idle(qtbot, view)


def write_spoken_table(root: Path) -> Path:
    rows = ["path\ttext\tspeaker"]
    for number in range(16):
        path = write_sound(root / f"{number}.wav", 200.0 + 40 * (number % 4), seconds=2.0, seed=number)
        rows.append(f"{path.name}\t{_SENTENCES[number % 4]}\tspeaker{number % 4}")
    table = root / "talks.tsv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return table


def test_words_behind_a_cell_are_seen_heard_and_corrected(
    qtbot: Any, view: TrainView, tmp_path: Path, played: list[tuple[np.ndarray, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_word_folders(tmp_path / "words", 12)
    train(qtbot, view, root, **{"training.batch_size": 8, "network.config.width": 16})
    view.show_page(LOOK)
    page, presenter = view.look_page, view.look_page.presenter
    qtbot.waitUntil(lambda: presenter.result is not None, timeout=PATIENCE_MS)
    idle(qtbot, view)
    result = presenter.result
    assert result.classes[:2] == ("left", "right") and len(result.names) == 12
    assert page.right.play.isVisible() and not page.right.play.isEnabled()
    true, predicted = int(result.labels[0]), int(result.predicted[0])
    page.matrix.cell_activated.emit(true, predicted)
    tiles = page.samples.tiles.tiles()
    assert len(tiles) == result.confusion[true, predicted]
    qtbot.waitUntil(lambda: all(tile.name in page.samples.tiles.pixmaps for tile in tiles), timeout=PATIENCE_MS)
    page.samples.setCurrentIndex(page.samples.tiles.index(0, 0))
    click(page.right.play)
    qtbot.waitUntil(lambda: len(played) == 1, timeout=PATIENCE_MS)
    sound, rate = played[0]
    assert rate == 16_000 and np.allclose(sound[:, 0], read_sound(root / tiles[0].name), atol=1e-3)
    idle(qtbot, view)
    page.samples.activated.emit(page.samples.tiles.index(0, 0))
    qtbot.waitUntil(lambda: len(played) == 2, timeout=PATIENCE_MS)
    idle(qtbot, view)
    click(page.right.exclude)
    qtbot.waitUntil(lambda: presenter.state.excluded == {tiles[0].name}, timeout=PATIENCE_MS)
    idle(qtbot, view)
    table = tmp_path / "corrected.csv"
    monkeypatch.setattr(TrainDialogs, "ask_corrections_target", lambda *_: table)
    with qtbot.waitSignal(view.message, timeout=PATIENCE_MS):
        click(page.right.export)
    idle(qtbot, view)
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "path,text,speaker,start,seconds,split" and len(lines) == 1 + 23
    assert f"words/{tiles[0].name}" not in "".join(lines)


def test_a_table_of_spoken_sentences_is_trained_and_transcribes(
    qtbot: Any, window: Any, view: TrainView, tmp_path: Path
) -> None:
    table = write_spoken_table(tmp_path / "talks")
    train(qtbot, view, table, **{"augment.speeds": (1.0,)})
    assert view.session.run.model is not None
    card = read_card(view.session.run.model)
    assert card.task == "speech-recognition" and any(one.name == "wer" for one in card.metrics)
    view.use_model()
    qtbot.waitUntil(lambda: window.host.current() == "speech", timeout=PATIENCE_MS)
    idle(qtbot, view)
    model = next(entry for entry in view._services.library.entries() if entry.name == card.name)
    hearing = open_hearing(model.path, "english-lm")
    spoken = read_table(table)[0]
    hearing.feed(read_sound(spoken.path))
    hearing.finish()
    assert hearing.processed == pytest.approx(2.0, abs=0.1)
