"""Training of a recogniser and of a keyword spotter on sounds made up here: each symbol is a tone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from safetensors.torch import load_file

from deepstudio.audio.language import Language, to_arrays
from deepstudio.audio.ngram import END, START, ngram_model
from deepstudio.core.errors import InputError
from deepstudio.core.job import SilentContext
from deepstudio.models.arrayfile import load_arrays, save_arrays
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import load_model
from deepstudio.train.muon import orthogonal
from deepstudio.train.optimizers import build_optimizer
from deepstudio.train.recipe_base import OptimizerConfig
from deepstudio.train.recipe_files import recipe_from_mapping
from deepstudio.train.speech.keyword_task import KeywordTask
from deepstudio.train.speech.keywords import clip_chances
from deepstudio.train.speech.language_task import LanguageTask
from deepstudio.train.speech.measures import edit_distance, greedy, normalised_text
from deepstudio.train.speech.ngram_estimate import estimate
from deepstudio.train.speech.pronunciations import pronounced, with_ending
from deepstudio.train.speech.recognition_task import RecognitionTask, open_language
from deepstudio.train.speech.sets import held_out_speakers, read_sets, read_table

WORDS = {"ba": "BA", "ab": "AB", "cab": "CAB"}
HERTZ = {"A": 500.0, "B": 1200.0, "C": 2600.0}


def say(words: list[str], random: np.random.Generator) -> np.ndarray:
    parts = [np.zeros(1600)]
    for word in words:
        for symbol in WORDS[word]:
            time = np.arange(round(16_000 * random.uniform(0.1, 0.16))) / 16_000
            parts += [0.2 * np.sin(2 * np.pi * HERTZ[symbol] * random.uniform(0.97, 1.03) * time), np.zeros(500)]
        parts.append(np.zeros(1200))
    sound = np.concatenate(parts)
    return sound + 1e-3 * random.standard_normal(len(sound))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speech")
    random = np.random.default_rng(0)
    for name, count in (("talk", 2), ("single", 1)):
        (folder / name).mkdir()
        for split, speakers in (("train", 6), ("test", 2)):
            rows = ["path\ttext\tspeaker\tseconds"]
            for number in range(8 * speakers):
                words = [str(random.choice(list(WORDS))) for _ in range(count)]
                sound = say(words, random)
                path = f"{split}{number}.wav"
                soundfile.write(folder / name / path, sound, 16_000)
                rows.append(f"{path}\t{' '.join(words)}\t{split}-{number % speakers}\t{len(sound) / 16_000:.3f}")
            (folder / name / f"{split}.tsv").write_text("\n".join(rows) + "\n")
    (folder / "noise").mkdir()
    soundfile.write(folder / "noise" / "hiss.wav", 0.05 * random.standard_normal(48_000), 16_000)
    soundfile.write(
        folder / "noise" / "room_1.wav", np.exp(-np.arange(800) / 100) * random.standard_normal(800), 16_000
    )
    save_language(folder / "toy-lm.safetensors")
    return folder


def save_language(path: Path) -> None:
    names = ["<unk>", "<s>", "</s>", *WORDS]
    spoken = [(), (), (), *(tuple([tuple(" ABC".index(symbol) for symbol in way)]) for way in WORDS.values())]
    lines = [[3, 4], [4, 5], [5, 3], [3, 3], [4, 4], [5, 5], [3, 5], [4, 3], [5, 4]]
    model, _ = estimate(np.array([token for line in lines for token in (START, *line, END)], np.int64), 6)
    parts = (model.unigram, model.unigram_left, model.bigram_keys, model.bigram, model.bigram_left)
    grams = ngram_model(6, *parts, model.trigram_keys, model.trigram)
    card = ModelCard(name="toy-lm", title="Toy", task="speech-language-model", architecture="ngram", labels=())
    save_arrays(path, card, to_arrays(Language(names, ("A", "B", "C"), spoken, grams)))


def recipe(folder: Path, **changes: object):
    mapping = {
        "name": "toy",
        "task": "speech-recognition",
        "language_model": str(folder / "toy-lm.safetensors"),
        "batch_seconds": 12.0,
        "data": {"sets": ["talk"], "held_out_seconds": 8.0, "test": ["talk"], "noise": "noise"},
        "augment": {"speeds": [1.0, 1.05], "bands": 1, "band_width": 4, "stripe_frames": 3, "made_noise_seconds": 0},
        "network": {"config": {"front_channels": 4, "width": 32, "layers": "cl", "dropout": 0.0}},
        "optimizer": {"name": "muon", "lr": 0.01},
        **changes,
    }
    return recipe_from_mapping(mapping, where="test")


@pytest.fixture(scope="module")
def trained(data: Path):
    """A recogniser after a few seconds of training, with what it was trained on."""
    torch.manual_seed(0)
    toy = recipe(data)
    task = RecognitionTask()
    material = task.prepare(toy, data, SilentContext())
    built = task.build(toy, material, torch.device("cpu"))
    optimizer = build_optimizer(built.network, toy.optimizer)
    losses = []
    for epoch in range(16):
        for batch in built.objective.batches(epoch, 0):
            loss, _ = built.objective.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return toy, task, material, built, losses


@pytest.fixture(scope="module")
def finished(trained, tmp_path_factory):
    """The finished model file of the trained recogniser."""
    toy, task, material, built, _ = trained
    target = tmp_path_factory.mktemp("toy") / "toy.safetensors"
    return task.finish(built.network, toy, material, target, SilentContext(), device=torch.device("cpu"), training={})


def test_the_recogniser_learns_and_its_file_hears_it(trained, finished):
    _, _, _, built, losses = trained
    assert losses[-1] < 0.3 * losses[0]
    with torch.no_grad():
        assert built.objective.validate(built.network.eval()).score > 0.9
    assert finished.validation.wer < 0.1
    assert finished.test.wer < 0.1
    assert finished.card.figure("wer").value == finished.test.wer
    assert finished.card.speech.symbols == ("A", "B", "C")


def test_evaluate_measures_a_table_and_leaves_out_what_it_cannot_read(trained, finished, data):
    toy, task = trained[:2]
    table = (data / "talk" / "test.tsv").read_text() + "missing.wav\tba\tx\t1.0\n"
    (data / "talk" / "broken.tsv").write_text(table)
    loaded = load_model(finished.path, torch.device("cpu"))
    options = {"language_model": toy.language_model}
    figures = task.evaluate(loaded, data / "talk" / "broken.tsv", SilentContext(), **options)
    assert figures["examples"] == 16 and len(figures["unreadable"]) == 1
    assert figures["wer"] < 0.1 and figures["real_time_factor"] > 0


def test_batches_follow_from_seed_epoch_and_step_alone(trained):
    objective = trained[3].objective
    whole = list(objective.batches(3, 0))
    rest = list(objective.batches(3, 2))
    assert len(whole) == objective.steps_per_epoch and len(rest) == len(whole) - 2
    for one, other in zip(whole[2:], rest, strict=True):
        assert torch.equal(one.frames_BTM, other.frames_BTM) and torch.equal(one.sounds, other.sounds)
    assert not torch.equal(next(objective.batches(4, 0)).sounds, whole[0].sounds)


def test_held_out_speakers_are_never_trained_on(data):
    config = recipe(data).data
    sets = read_sets(config, data)
    assert {one.speaker for one in sets.train}.isdisjoint({one.speaker for one in sets.validation})
    again = held_out_speakers(read_table(data / "talk" / "train.tsv"), config)
    assert again == {one.speaker for one in sets.validation}


def test_training_can_start_from_a_model(trained, finished):
    toy, task, material, built, _ = trained
    onward = replace(toy, network=replace(toy.network, start_from=str(finished.path)))
    network = task.build(onward, material, torch.device("cpu")).network
    for name, weight in network.state_dict().items():
        torch.testing.assert_close(weight, built.network.state_dict()[name], atol=2e-3, rtol=2e-3)


def test_missing_columns_and_folders_are_said_plainly(tmp_path, data):
    (tmp_path / "train.tsv").write_text("file\twords\na.wav\thello\n")
    with pytest.raises(InputError, match="columns path and text"):
        read_table(tmp_path / "train.tsv")
    (tmp_path / "train.tsv").write_text("path\ttext\tseconds\na.wav\thello\tlong\n")
    with pytest.raises(InputError, match="no number"):
        read_table(tmp_path / "train.tsv")
    with pytest.raises(InputError, match="no recordings with words"):
        read_sets(recipe(data).data, tmp_path)


def test_keywords_are_learnt(data, tmp_path):
    torch.manual_seed(0)
    toy = recipe(
        data,
        task="keyword-spotting",
        speech={"num_mels": 40, "high_hz": 3800.0, "subsampling": 1, "running_blocks": 0},
        data={"sets": ["single"], "held_out_seconds": 4.0, "test": ["single"], "noise": "noise"},
        augment={
            "tract": 0.0,
            "stretch": 0.1,
            "bands": 1,
            "band_width": 4,
            "stripe_frames": 3,
            "made_noise_seconds": 0,
        },
        network={
            "architecture": "speech-words",
            "config": {"front_channels": 4, "width": 32, "blocks": 2, "towers": 2},
        },
        optimizer={"name": "adamw", "lr": 0.01},
        training={"batch_size": 16, "epochs": 1},
        storage="int8",
    )
    task = KeywordTask()
    material = task.prepare(toy, data, SilentContext())
    assert material.labels == ("ab", "ba", "cab", "(other word)", "(no word)")
    built = task.build(toy, material, torch.device("cpu"))
    optimizer = build_optimizer(built.network, toy.optimizer)
    for epoch in range(40):
        for batch in built.objective.batches(epoch, 0):
            loss, _ = built.objective.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    target = tmp_path / "words.safetensors"
    finished = task.finish(
        built.network, toy, material, target, SilentContext(), device=torch.device("cpu"), training={}
    )
    assert finished.card.figure("accuracy").value > 0.8
    assert load_file(target)["blocks.0.conv.weight"].dtype == torch.int8


def test_a_language_model_is_counted_from_texts(data, tmp_path):
    (data / "texts.txt").write_text("the dog's tail\na dog runs\nthe tails\n" * 5 + "a cat runs\n")
    (data / "words.dict").write_text(
        "the DH AH0\nthe(2) DH IY0\na AH0\ndog D AO1 G # a remark\nruns R AH1 N Z\ntails T EY1 L Z\ntail T EY1 L\n"
    )
    toy = recipe_from_mapping(
        {
            "name": "tiny-lm",
            "task": "speech-language-model",
            "words": 20,
            "data": {
                "texts": ["texts.txt"],
                "dictionary": "words.dict",
                "letters_to_sounds": False,
                "held_out": {"sets": ["talk"], "held_out_seconds": 8.0},
            },
        },
        where="test",
    )
    finished = LanguageTask().make(toy, data, tmp_path / "tiny-lm.safetensors", SilentContext())
    card, arrays = load_arrays(finished.path)
    assert card.task == "speech-language-model" and "words" in arrays
    figures = LanguageTask().evaluate_file(finished.path, data / "texts.txt", SilentContext())
    assert figures["perplexity"] < 6 and figures["unknown_words"] == 0


def test_possessives_are_spoken_after_their_stem():
    dictionary = {"dog": (("D", "AO", "G"),), "cat": (("K", "AE", "T"),), "fox": (("F", "AA", "K", "S"),)}
    assert with_ending("dog's", dictionary) == (("D", "AO", "G", "Z"),)
    assert with_ending("cat's", dictionary) == (("K", "AE", "T", "S"),)
    assert with_ending("fox's", dictionary) == (("F", "AA", "K", "S", "IH", "Z"),)
    assert with_ending("bird's", dictionary) == ()


def test_words_that_the_language_model_lacks_are_guessed_alike_in_every_run(data):
    language = open_language(str(data / "toy-lm.safetensors"))
    words = ["ba", "abba", "b4"]
    state = torch.get_rng_state()
    first, second = (pronounced(words, language, SilentContext()) for _ in range(2))
    assert first == second and torch.equal(torch.get_rng_state(), state)
    assert first.keys() == {"ba", "abba"}  # what is not written in letters cannot be guessed
    assert first["ba"] == language.spoken[language.words.index("ba")][0] and len(first["abba"]) > 0


def test_utterances_with_unknown_words_are_learnt_from(data, tmp_path):
    lines = (data / "talk" / "train.tsv").read_text().splitlines()
    path, _, *rest = lines[1].split("\t")
    (tmp_path / "talk").mkdir()
    for name in ("train", "test"):
        for sound in (data / "talk").glob(f"{name}*.wav"):
            (tmp_path / "talk" / sound.name).symlink_to(sound)
    (tmp_path / "talk" / "train.tsv").write_text("\n".join([lines[0], "\t".join([path, "ba abba", *rest]), *lines[2:]]))
    toy = recipe(data, data={"sets": ["talk"], "held_out_seconds": 8.0})
    sets = read_sets(toy.data, tmp_path)
    material = RecognitionTask().prepare(toy, tmp_path, SilentContext())
    assert len(material.train_sounds) == len(sets.train)
    assert len(material.validation_sounds) == len(sets.validation)


def test_muon_makes_steps_of_adams_size_in_every_direction():
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 3))
    before = network[0].weight.detach().clone()
    optimizer = build_optimizer(network, OptimizerConfig(name="muon", lr=0.01))
    x = torch.randn(8, 64)
    network(x).square().mean().backward()
    optimizer.step()
    change = network[0].weight.detach() - before
    values = torch.linalg.svdvals(change)
    assert change.square().mean().sqrt() < 0.004
    assert values[6] > 0.4 * values[0]  # eight examples: rank eight, all of it near the same size


@pytest.mark.parametrize("fast", [True, False])
def test_muon_computes_in_bf16_only_where_the_processor_can(monkeypatch, fast):
    monkeypatch.setattr("deepstudio.train.precision.cpu_is_fast_at_bf16", lambda: fast)
    matrix = torch.randn(1, 16, 24, generator=torch.Generator().manual_seed(0))
    made = orthogonal(matrix)
    assert made.dtype == torch.float32
    assert torch.equal(made, made.bfloat16().float()) == fast
    values = torch.linalg.svdvals(made[0])
    assert values.min() > 0.6 and values.max() < 1.3


def test_edit_distance_greedy_reading_and_normalised_text():
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance([], "abc") == 3 and edit_distance("abc", []) == 3
    assert greedy(np.eye(3, dtype=np.float32)[[1, 1, 0, 1, 2, 2]]) == [1, 1, 2]
    assert normalised_text("It’s “Fine” — isn't it?") == "it's fine isn't it"


def test_balance_gives_rare_words_and_speakers_their_share():
    labels, voices = np.array([0, 0, 0, 0, 1]), np.array([0, 0, 0, 1, 1])
    np.testing.assert_allclose(clip_chances(labels, voices, 0.0), 0.2)
    even = clip_chances(labels, voices, 1.0)
    np.testing.assert_allclose(even[labels == 0].sum(), even[labels == 1].sum())
    np.testing.assert_allclose(even[:3].sum(), even[3])
    some = clip_chances(labels, voices, 0.3)
    assert 0.2 < some[3] < even[3] and 0.2 < some[4] < even[4]
