"""The scene of training on texts: a table is dropped, its faults are mended, a network learns, its texts are looked at.

GUI thread.
"""

from __future__ import annotations

import csv
import itertools
import tempfile
from pathlib import Path

from deepstudio.app.tour.scenes_train import TrainScenes
from deepstudio.app.tour.stage import Stage
from deepstudio.ui.presenters.training_state import RunState
from deepstudio.ui.workspaces.train.view import LOOK

_PATIENCE_S = 240.0
_SMALL = {"training.epochs": 6, "training.patience": 0, "training.batch_size": 16, "optimizer.lr": 0.01}
_THINGS = (
    "The kettle",
    "My lamp",
    "The garden chair",
    "This radio",
    "The blue jacket",
    "The coffee mill",
    "Her bicycle",
)
_SAID = {
    "praise": (
        "{} works better than I had hoped",
        "{} is a joy to use every day",
        "{} arrived early and looks lovely",
        "I would buy it again: {} is excellent",
        "{} was worth every cent, thank you",
        "Well made and quiet, {} suits us perfectly",
    ),
    "complaint": (
        "{} broke after two days",
        "{} came without a plug and smells burnt",
        "Nobody answers my letters, and {} is still broken",
        "{} is scratched and far too loud",
        "I want my money back: {} never worked",
        "{} was late, and the box was torn",
    ),
    "question": (
        "Does {} come with a guarantee",
        "How do I clean it, and can {} be repaired",
        "When will {} be delivered to Leeds",
        "Is {} there in another colour",
        "Where can I find spare parts, {} needs a screw",
        "Can you tell me what {} weighs",
    ),
}


def write_letters(path: Path) -> Path:
    """Write a table of letters to a shop: one of them twice, one empty."""
    rows = [
        (words.format(thing if words.startswith("{}") else thing[0].lower() + thing[1:]), label)
        for label, sentences in _SAID.items()
        for words, thing in itertools.product(sentences, _THINGS)
    ]
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("letter", "about"), *rows, rows[0], ("", "praise")])
    return path


def train_on_texts(stage: Stage) -> None:
    """From a dropped table to a network that sorts letters; then nothing is open any more."""
    scenes = TrainScenes(stage)
    view = scenes.view
    with stage.step("train on texts"), tempfile.TemporaryDirectory() as folder:
        scenes.go()
        stage.let_fall(stage.drag_over([write_letters(Path(folder) / "letters.csv")]))
        stage.until(lambda: view.setup.view is not None, "the letters", _PATIENCE_S)
        stage.until(lambda: not view.checks.busy and view.checks.report is not None, "the checks", _PATIENCE_S)
        scenes.wait_idle()
        stage.shoot("train-texts-set-up")
        view.setup.draft.set_many(_SMALL)
        stage.click(view.setup_page.start.start)
        scenes.wait_state(RunState.FINISHED)
        scenes.wait_idle()
        stage.shoot("train-texts-finished")
        presenter = view.look_page.presenter
        stage.click(view.modes.button(LOOK))
        stage.until(lambda: presenter.result is not None, "what the network says of each text", _PATIENCE_S)
        scenes.wait_idle()
        stage.shoot("train-texts-look-closer")
        view.setup.close_data()
        view.show_setup()
        scenes.wait_idle()
