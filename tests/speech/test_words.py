"""Windows of clips, words cut from sentences, own word sets, and single words in a stream. Words here are tones."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile
import torch
from torch import nn

from deepstudio.audio.features import log_mel
from deepstudio.core.errors import InputError, ModelFileError
from deepstudio.core.job import SilentContext
from deepstudio.core.speech_input import SpeechInput
from deepstudio.infer.commands import KeywordSpotter, open_spotter
from deepstudio.infer.hearing import SingleWords
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import LoadedModel, load_model, save_model
from deepstudio.models.registry import build_network
from deepstudio.train.recipe_files import recipe_from_mapping
from deepstudio.train.speech.clips import Place, clips_of, in_the_middle, windows
from deepstudio.train.speech.made_noise import made_noises
from deepstudio.train.speech.recipe import SpeechAugmentConfig
from deepstudio.train.speech.word_cuts import best_path
from deepstudio.train.speech.word_head import Others, centres, describe_others
from deepstudio.train.speech.word_set import train_word_set

RATE = 16_000
SPEECH = SpeechInput(
    num_mels=40,
    high_hz=3800.0,
    subsampling=1,
    running_blocks=0,
    mean=tuple([-5.0] * 40),
    std=tuple([4.5] * 40),
)
CONFIG = {"front_channels": 4, "width": 24, "blocks": 1, "towers": 2}
WORDS = {"low": (400, 700), "high": (2400, 1500), "rise": (600, 2800)}


def say(word: str, random: np.random.Generator) -> np.ndarray:
    parts = []
    for hertz in WORDS[word]:
        time = np.arange(round(RATE * random.uniform(0.18, 0.24))) / RATE
        parts.append(0.2 * np.sin(2 * np.pi * hertz * random.uniform(0.95, 1.05) * time))
    sound = np.concatenate(parts)
    return (sound + 1e-3 * random.standard_normal(len(sound))).astype(np.float32)


def quiet(seconds: float, random: np.random.Generator) -> np.ndarray:
    return (1e-3 * random.standard_normal(round(seconds * RATE))).astype(np.float32)


@pytest.fixture(scope="module")
def body(tmp_path_factory):
    """A model that new words can be taught to: drawn weights, whose features tell tones apart once they are scaled."""
    torch.manual_seed(0)
    network = build_network("speech-words", CONFIG, num_classes=3).train()
    random = np.random.default_rng(0)
    heard = [log_mel(np.concatenate([say(word, random), quiet(0.6, random)])[:RATE], SPEECH) for word in [*WORDS] * 10]
    for _ in range(40):
        network((torch.from_numpy(np.stack([frames[:95] for frames in heard])) + 5) / 4.5)
    network.eval()
    noises = clips_of(
        [log_mel(sound, SPEECH).astype(np.float16) for sound in made_noises(RATE, 0, seconds=3).values()], 40
    )
    talk = []
    for _ in range(6):
        time = np.arange(3 * RATE) / RATE
        sweep = 0.2 * np.sin(2 * np.pi * (900 + 300 * random.random()) * time) * np.sin(40 * time)
        talk.append(log_mel(sweep.astype(np.float32), SPEECH).astype(np.float16))
    beside = describe_others(network, ((clips_of(talk, 40), 200),), 100, SPEECH, SpeechAugmentConfig(), noises)
    card = ModelCard(
        name="toy-body",
        title="Toy",
        task="keyword-spotting",
        architecture="speech-words",
        config=CONFIG,
        labels=("a", "(other word)", "(no word)"),
        speech=SPEECH,
        recipe={"window_seconds": 1.0},
    )
    path = tmp_path_factory.mktemp("body") / "toy-body.safetensors"
    save_model(path, card, network, beside)
    return path


@pytest.fixture(scope="module")
def takes(tmp_path_factory):
    folder, random = tmp_path_factory.mktemp("takes"), np.random.default_rng(1)
    for word in WORDS:
        (folder / word).mkdir()
        for number in range(8):
            sound = np.concatenate([quiet(0.15, random), say(word, random), quiet(0.15, random)])
            soundfile.write(folder / word / f"{number:03}.wav", sound, RATE)
    return folder


def recipe(body, **changes):
    mapping = {"name": "mine", "task": "word-set", "augment": {"tract": 0.02, "stretch": 0.05, "noise": 0.3}, **changes}
    return recipe_from_mapping({**mapping, "network": {"start_from": str(body)}}, where="test")


@pytest.fixture(scope="module")
def trained(body, takes, tmp_path_factory):
    return train_word_set(recipe(body), takes, tmp_path_factory.mktemp("mine") / "mine.safetensors", SilentContext())


def test_windows_hold_the_middle_of_a_clip_and_what_is_missing_is_filled():
    frames = np.arange(12, dtype=np.float16).reshape(6, 2)
    speech = SpeechInput(num_mels=8)
    clips = clips_of([frames, frames[:3]], 2)
    fill = np.full((2, 2), -1, np.float32)
    x = windows(clips, np.array([0, 1]), 5, in_the_middle(2), fill, speech)
    assert x.shape == (2, 5, 2)
    np.testing.assert_array_equal(x[1], [[-1, -1], [0, 1], [2, 3], [4, 5], [-1, -1]])
    assert {tuple(row) for row in x[0].tolist()} <= {tuple(row) for row in frames.tolist()}
    moved = Place(np.full(2, 1, np.float32), np.ones(2, np.float32), np.ones(2, np.float32))
    np.testing.assert_array_equal(windows(clips, np.array([1, 1]), 5, moved, fill, speech)[0, :2], [[0, 1], [2, 3]])


def test_pace_and_vocal_tract_change_time_and_frequency():
    time = np.arange(RATE) / RATE
    clips = clips_of(
        [log_mel((0.3 * np.sin(2 * np.pi * 1000 * time)).astype(np.float32), SPEECH).astype(np.float16)], 40
    )
    fill = np.full((1, 40), -13.0, np.float32)

    def look(pace: float, warp: float) -> np.ndarray:
        place = Place(np.zeros(1, np.float32), np.array([pace], np.float32), np.array([warp], np.float32))
        return windows(clips, np.array([0]), 200, place, fill, SPEECH)[0]

    plain, fast, deeper = look(1, 1), look(2, 1), look(1, 1.2)
    loud = [int((x.max(axis=1) > -5).sum()) for x in (plain, fast)]
    assert loud[0] == pytest.approx(98, abs=3) and loud[1] == pytest.approx(49, abs=3)
    assert deeper[100].argmax() < plain[100].argmax()
    np.testing.assert_array_equal(look(1, 1), plain)


def test_the_best_path_finds_each_symbol_where_it_was_said():
    logs = np.full((9, 4), -8.0, np.float32)
    for step, symbol in enumerate([0, 2, 2, 0, 2, 0, 3, 3, 0]):
        logs[step, symbol] = -0.01
    assert best_path(logs, [2, 2, 3]) == [(1, 2), (4, 4), (6, 7)]
    assert best_path(logs[:2], [2, 2]) is None  # the same symbol twice needs a blank between


def test_centres_stand_for_their_clouds():
    random = torch.Generator().manual_seed(0)
    clouds = torch.cat([torch.randn(50, 3, generator=random) * 0.1 + 4 * place for place in range(3)])
    found, spread = centres(clouds, 6)
    assert torch.cdist(torch.tensor([[0.0] * 3, [4.0] * 3, [8.0] * 3]), found).amin(dim=1).max() < 0.3
    assert float(spread.max()) < 0.3
    near = Others(found, found, spread).away_from(clouds[:50])
    assert len(near.words) < len(found) and torch.cdist(clouds[:50], near.words).min() > 1


def test_own_words_are_learnt_and_the_estimate_is_of_takes_left_out(trained, takes):
    estimate = trained.estimate
    assert estimate.accuracy > 0.6 and estimate.examples == 24 and not estimate.by_speaker
    assert 0 < estimate.spread < 0.2
    assert [(word.text, word.takes) for word in estimate.words] == [("high", 8), ("low", 8), ("rise", 8)]
    assert trained.card.labels == ("high", "low", "rise", "(other word)", "(no word)")
    assert trained.card.task == "keyword-spotting"
    assert trained.card.figure("accuracy").split == "left-out takes"
    assert any("other voices" in str(note) for note in trained.notes)
    again = load_model(trained.path, torch.device("cpu"))
    assert again.card.extra["start_from"] == "toy-body"


def test_training_again_gives_the_same_model(trained, body, takes, tmp_path):
    again = train_word_set(recipe(body), takes, tmp_path / "mine.safetensors", SilentContext())
    first, second = (load_model(one.path, torch.device("cpu")).network.state_dict() for one in (trained, again))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_speakers_are_left_out_whole_where_they_are_known(body, takes, tmp_path):
    rows = ["path\ttext\tspeaker"]
    for word in WORDS:
        rows += [f"{takes / word / f'{number:03}.wav'}\t{word}\tvoice{number % 4}" for number in range(8)]
    (tmp_path / "takes.tsv").write_text("\n".join(rows) + "\n")
    found = train_word_set(recipe(body), tmp_path / "takes.tsv", tmp_path / "m.safetensors", SilentContext())
    assert found.estimate.by_speaker and found.card.figure("accuracy").split == "left-out speakers"


def test_too_few_words_and_takes_are_said_plainly(body, takes, tmp_path):
    (tmp_path / "low").mkdir()
    for number in range(3):
        (tmp_path / "low" / f"{number}.wav").write_bytes((takes / "low" / f"{number:03}.wav").read_bytes())
    with pytest.raises(InputError, match="two words"):
        train_word_set(recipe(body), tmp_path, tmp_path / "m.safetensors", SilentContext())
    (tmp_path / "high").mkdir()
    (tmp_path / "high" / "0.wav").write_bytes((takes / "high" / "000.wav").read_bytes())
    with pytest.raises(InputError, match="too few takes"):
        train_word_set(recipe(body), tmp_path, tmp_path / "m.safetensors", SilentContext())


def test_only_a_network_that_knows_other_words_can_learn_new_ones(body, takes, tmp_path):
    loaded = load_model(body, torch.device("cpu"))
    bare = tmp_path / "bare.safetensors"
    save_model(bare, loaded.card, loaded.network)
    with pytest.raises(ModelFileError, match="cannot learn new words"):
        train_word_set(recipe(bare), takes, tmp_path / "m.safetensors", SilentContext())


class _ByEar(nn.Module):
    """Tells "low" from "high" by the band that is loudest; silence is no word."""

    def forward(self, x_BTM: torch.Tensor) -> torch.Tensor:
        loudest_B = x_BTM.amax(dim=1).argmax(dim=1)
        silent_B = x_BTM.amax(dim=(1, 2)) < 0.3
        label_B = torch.where(silent_B, 3, torch.where(loudest_B < 20, 0, 1))
        return 6.0 * nn.functional.one_hot(label_B, 4).float()


@pytest.fixture
def loaded():
    labels = ("low", "high", "(other word)", "(no word)")
    card = ModelCard(
        name="ear",
        title="Ear",
        task="keyword-spotting",
        architecture="speech-words",
        labels=labels,
        speech=SPEECH,
        recipe={"window_seconds": 1.0},
    )
    return LoadedModel(card=card, network=_ByEar(), extras={}, device=torch.device("cpu"))


def tone(word: str, seconds: float = 0.4) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.2 * np.sin(2 * np.pi * {"low": 400, "high": 2800}[word] * time)).astype(np.float32)


@pytest.mark.parametrize("piece", [333, 1600, 100_000])
def test_the_spotter_hears_each_word_once_and_where_it_was(loaded, piece):
    random = np.random.default_rng(5)
    said = ["low", "high", "high", "low", "low"]
    sound, starts = [quiet(1.0, random)], []
    for word in said:
        starts.append(sum(map(len, sound)) / RATE)
        sound += [tone(word), quiet(0.8, random)]
    whole, spotter = np.concatenate(sound), KeywordSpotter(loaded)
    found = [word for first in range(0, len(whole), piece) for word in spotter.feed(whole[first : first + piece])]
    assert [word.text for word in found] == said
    for word, start in zip(found, starts, strict=True):
        assert word.start == pytest.approx(start, abs=0.05) and word.end - word.start == pytest.approx(0.4, abs=0.08)
        assert spotter.threshold <= word.confidence <= 1


def test_what_goes_on_without_a_pause_is_no_command(loaded):
    random = np.random.default_rng(6)
    talk = np.concatenate([tone(word) for word in ["low", "high"] * 4])
    whole = np.concatenate([quiet(1.0, random), talk, quiet(1.0, random)])
    assert KeywordSpotter(loaded).feed(whole) == []
    assert KeywordSpotter(loaded, alone=False).feed(whole) != []


def test_silence_and_quiet_noise_are_no_commands(loaded):
    spotter = KeywordSpotter(loaded)
    assert spotter.feed(np.zeros(5 * RATE, np.float32)) == []
    assert spotter.feed(quiet(5.0, np.random.default_rng(7))) == []


def test_the_threshold_of_the_card_holds_unless_another_is_given(loaded):
    card = replace(loaded.card, extra={"threshold": 0.6})
    assert KeywordSpotter(replace(loaded, card=card)).threshold == 0.6
    assert KeywordSpotter(replace(loaded, card=card), threshold=0.9).threshold == 0.9
    with pytest.raises(ModelFileError, match="another task"):
        KeywordSpotter(replace(loaded, card=replace(card, task="speech-recognition")))


def test_a_spotter_listens_as_any_recogniser_does(loaded):
    random = np.random.default_rng(8)
    hearing = SingleWords(KeywordSpotter(loaded))
    events = hearing.feed(np.concatenate([quiet(1.0, random), tone("low"), quiet(0.8, random)]))
    assert [(event.segment, event.text, len(event.words)) for event in events] == [(0, "low", 1)]
    assert hearing.position == hearing.processed > 2 and hearing.compute_seconds > 0 and not hearing.speaking
    assert hearing.feed(tone("high")) == [] and hearing.speaking
    (last,) = hearing.finish()  # the sound ended with the word
    assert last.text == "high" and last.segment == 1
    hearing.reset()
    assert hearing.position == 0


def test_a_whole_clip_is_classified(loaded):
    found = KeywordSpotter(loaded).classify(tone("high"))
    assert found[0][0] == "high" and sum(chance for _, chance in found) == pytest.approx(1, abs=1e-3)


def test_a_model_file_of_own_words_opens(trained):
    assert open_spotter(trained.path).labels[:3] == ("high", "low", "rise")
