"""From takes recorded in the window to a model that hears them: with the shipped network underneath."""

import json

import numpy as np
import pytest

from deepstudio.app.cli import main
from deepstudio.audio import word_sets
from deepstudio.core.errors import JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.core.take_messages import WordTrainRequest
from deepstudio.infer.hearing import open_hearing
from deepstudio.models.library import default_library
from deepstudio.train.words_job import WordTrainer

RATE = 16_000
GLIDES = {"up": (300, 1500), "down": (2600, 500), "flat": (900, 900)}


def say(word: str, random: np.random.Generator, seconds: float = 0.45) -> np.ndarray:
    """Return a hummed glide with overtones, in a quiet room."""
    seconds *= random.uniform(0.9, 1.1)
    time = np.arange(round(seconds * RATE)) / RATE
    low, high = (hertz * random.uniform(0.95, 1.05) for hertz in GLIDES[word])
    phase = 2 * np.pi * np.cumsum(low + (high - low) * time / seconds) / RATE
    sound = 0.15 * (np.sin(phase) + 0.4 * np.sin(2 * phase)) * np.sin(np.pi * time / seconds)
    return (sound + 1e-3 * random.standard_normal(len(time))).astype(np.float32)


def quiet(seconds: float, random: np.random.Generator) -> np.ndarray:
    return (1e-3 * random.standard_normal(round(seconds * RATE))).astype(np.float32)


@pytest.fixture
def takes(tmp_path, monkeypatch):
    monkeypatch.setenv("DEEPSTUDIO_HOME", str(tmp_path))
    random = np.random.default_rng(0)
    made = word_sets.create_word_set("Hums")
    for word in GLIDES:
        made = word_sets.add_word(made, word)
        for _ in range(6):
            take = np.concatenate([quiet(0.15, random), say(word, random), quiet(0.15, random)])
            made, _ = word_sets.add_take(made, word, take)
    return made


def test_takes_become_a_model_that_is_listed_and_hears(takes):
    assert word_sets.readiness(takes) is None
    result = WordTrainer().train(WordTrainRequest(folder=takes.folder, name="hums", title="Hums"), SilentContext())
    assert result.examples == 18 and result.accuracy >= 0.8 and not result.by_speaker
    assert [word.text for word in result.words] == ["down", "flat", "up"]
    entry = default_library().find("hums")
    assert entry.card.task == "keyword-spotting" and entry.card.title == "Hums" and not entry.shipped
    hearing, random = open_hearing("hums"), np.random.default_rng(3)
    said = ["up", "down", "flat", "up"]
    sound = [quiet(1.0, random)]
    for word in said:
        sound += [say(word, random), quiet(0.9, random)]
    heard = [event.text for event in hearing.feed(np.concatenate(sound)) + hearing.finish()]
    assert len(heard) >= 3 and set(heard) <= set(GLIDES)
    assert hearing.feed(quiet(3.0, random)) == []


def test_the_command_line_does_the_same(takes, tmp_path, capsys):
    run = tmp_path / "run"
    code = main(
        ["train", "own-words", "--data", str(takes.folder), "--set", "name=hums", "--run-dir", str(run), "--json"]
    )
    assert code == 0
    record = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert record["model"] == "hums" and (run / "hums.safetensors").is_file()


def test_training_can_be_stopped(takes):
    context = SilentContext()
    context.cancelled = True
    with pytest.raises(JobCancelled):
        WordTrainer().train(WordTrainRequest(folder=takes.folder, name="hums"), context)
    assert "hums" not in [entry.name for entry in default_library().entries()]
