from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from deepstudio.core.errors import JobCancelled, ModelFileError, UnknownNameError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.requests import ImageAnswer, ImageSource, PredictImages
from deepstudio.infer.image import ImagePredictor
from deepstudio.models.modelfile import load_model
from tests.helpers.contexts import RecordingContext
from tests.helpers.tiny_models import LABELS, library_in, write_model

CPU = torch.device("cpu")


def picture(seed: int, size: tuple[int, int] = (48, 64)) -> ImageSource:
    pixels = np.random.default_rng(seed).integers(0, 255, (*size, 3), np.uint8)
    return ImageSource(name=f"picture {seed}", pixels=pixels)


def answers_to(predictor: ImagePredictor, sources: list[ImageSource], **options: object) -> list[ImageAnswer]:
    context = RecordingContext()
    request = PredictImages(sources=tuple(sources), **{"models": ("tiny",), **options})
    predictor.predict(request, context)
    return [answer for answer in context.partials if isinstance(answer, ImageAnswer)]


def test_an_answer_is_what_the_network_says(tmp_path: Path) -> None:
    card = write_model(tmp_path, temperature=2.0)
    source = ImageSource(name="x", pixels=np.random.default_rng(0).integers(0, 255, (32, 32, 3), np.uint8))
    (answer,) = answers_to(ImagePredictor(library_in(tmp_path), "cpu"), [source], top_k=2)
    network = load_model(tmp_path / "tiny.safetensors", CPU).network
    mean, std = torch.tensor(card.preprocessing.mean).view(1, 3, 1, 1), card.preprocessing.std[0]
    x = (torch.from_numpy(source.pixels).permute(2, 0, 1)[None] / 255 - mean) / std
    expected = torch.softmax(network(x) / 2.0, dim=1)[0].detach().numpy()
    np.testing.assert_allclose(answer.probabilities, expected, atol=1e-6)
    assert answer.labels == LABELS
    assert answer.ranking == tuple(np.argsort(-expected)[:2])
    assert answer.unknown is None and not answer.rejected
    assert np.array_equal(answer.network_input, source.pixels)
    assert answer.timing.network_ms > 0 and answer.timing.preprocess_ms > 0
    assert not answer.probabilities.flags.writeable


def test_a_batch_says_what_single_pictures_say(tmp_path: Path) -> None:
    write_model(tmp_path, rejection=True)
    predictor = ImagePredictor(library_in(tmp_path), "cpu")
    sources = [picture(seed, (20 + 3 * seed, 50)) for seed in range(11)]
    together = answers_to(predictor, sources)
    assert [answer.index for answer in together] == list(range(11))
    for source, answer in zip(sources, together, strict=True):
        (alone,) = answers_to(predictor, [source])
        np.testing.assert_allclose(answer.probabilities, alone.probabilities, atol=1e-5)
        assert answer.unknown == pytest.approx(alone.unknown, abs=1e-4)


def test_mirror_averages_the_logits_of_both_sides(tmp_path: Path) -> None:
    write_model(tmp_path, preprocessing=Preprocessing(mirror=True))
    source = picture(1, (32, 32))
    flipped = ImageSource(name="flipped", pixels=np.ascontiguousarray(source.pixels[:, ::-1]))
    one, other = answers_to(ImagePredictor(library_in(tmp_path), "cpu"), [source, flipped])
    np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-6)


def test_two_models_side_by_side_sources_outermost(tmp_path: Path) -> None:
    write_model(tmp_path, "tiny")
    write_model(tmp_path, "grey", preprocessing=Preprocessing(height=28, width=28, channels=1, fit="digit"), seed=1)
    answers = answers_to(ImagePredictor(library_in(tmp_path), "cpu"), [picture(0), picture(1)], models=("tiny", "grey"))
    assert [(a.index, a.model) for a in answers] == [(0, "tiny"), (0, "grey"), (1, "tiny"), (1, "grey")]
    assert answers[1].network_input is not None and answers[1].network_input.shape == (28, 28, 3)


def test_an_unreadable_source_fails_alone(tmp_path: Path) -> None:
    write_model(tmp_path)
    bad = ImageSource(name="bad.jpg", content=b"no picture at all")
    context = RecordingContext()
    request = PredictImages(sources=(picture(0), bad, picture(2)), models=("tiny",))
    summary = ImagePredictor(library_in(tmp_path), "cpu").predict(request, context)
    assert (summary.answers, summary.unreadable) == (2, 1)
    failures = [answer.failure for answer in context.partials]
    assert failures[0] is None and failures[2] is None
    assert failures[1] is not None and failures[1].text() == "bad.jpg holds text, not a picture."
    assert context.steps[-1] == (3, 3)


def test_rejection_is_a_chance_and_a_verdict(tmp_path: Path) -> None:
    write_model(tmp_path, rejection=True)
    answers = answers_to(ImagePredictor(library_in(tmp_path), "cpu"), [picture(seed) for seed in range(4)])
    for answer in answers:
        assert answer.unknown is not None and 0 <= answer.unknown <= 1
        assert answer.rejected == (answer.unknown > 0.5)


def test_the_picture_comes_back_small_when_asked(tmp_path: Path) -> None:
    write_model(tmp_path)
    predictor = ImagePredictor(library_in(tmp_path), "cpu")
    (without,) = answers_to(predictor, [picture(0, (300, 600))])
    (answer,) = answers_to(predictor, [picture(0, (300, 600))], picture_side=100)
    assert without.picture is None
    assert answer.picture is not None and answer.picture.shape == (50, 100, 3)
    assert (answer.width, answer.height) == (600, 300)
    np.testing.assert_array_equal(answer.probabilities, without.probabilities)


@pytest.mark.parametrize("cancel_at", [1, 2, 5])
def test_cancel_ends_between_sources(tmp_path: Path, cancel_at: int) -> None:
    write_model(tmp_path)
    context = RecordingContext(cancel_at)
    request = PredictImages(sources=tuple(picture(seed) for seed in range(40)), models=("tiny",))
    with pytest.raises(JobCancelled):
        ImagePredictor(library_in(tmp_path), "cpu").predict(request, context)
    assert len(context.partials) < 10


def test_a_model_is_loaded_once_and_again_when_its_file_changes(tmp_path: Path) -> None:
    write_model(tmp_path)
    predictor, context = ImagePredictor(library_in(tmp_path), "cpu"), RecordingContext()
    first = predictor.load("tiny", context)
    assert predictor.load("tiny", context) is first
    assert len(context.statuses) == 1
    write_model(tmp_path, seed=5)
    assert predictor.load("tiny", context) is not first


def test_the_models_used_least_lately_are_let_go(tmp_path: Path) -> None:
    predictor, context = ImagePredictor(library_in(tmp_path), "cpu"), RecordingContext()
    for name in "abcde":
        write_model(tmp_path, name)
    for name in "abcdae":
        predictor.load(name, context)
    assert predictor.pool.names() == ("c", "d", "a", "e")
    predictor.pool.clear()
    assert predictor.pool.names() == ()


def test_unknown_and_damaged_models_say_so(tmp_path: Path) -> None:
    write_model(tmp_path)
    predictor = ImagePredictor(library_in(tmp_path), "cpu")
    with pytest.raises(UnknownNameError, match="tiny"):
        answers_to(predictor, [picture(0)], models=("tinny",))
    whole = (tmp_path / "tiny.safetensors").read_bytes()
    (tmp_path / "tiny.safetensors").write_bytes(whole[:-100])
    with pytest.raises(ModelFileError):
        answers_to(predictor, [picture(0)])


def test_an_unknown_device_says_so(tmp_path: Path) -> None:
    write_model(tmp_path)
    with pytest.raises(UnknownNameError, match="not available here"):
        answers_to(ImagePredictor(library_in(tmp_path), "quantum"), [picture(0)])


def test_answers_do_not_depend_on_the_size_of_the_file(tmp_path: Path) -> None:
    write_model(tmp_path)
    ramp = Image.fromarray(np.random.default_rng(0).integers(0, 255, (12, 16, 3), np.uint8))
    streams = [io.BytesIO() for _ in range(2)]
    for stream, size in zip(streams, [(800, 600), (3200, 2400)], strict=True):
        ramp.resize(size, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=95)
    sources = [ImageSource(name="x", content=stream.getvalue()) for stream in streams]
    small, large = answers_to(ImagePredictor(library_in(tmp_path), "cpu"), sources)
    assert (large.width, large.height) == (3200, 2400)
    np.testing.assert_allclose(small.probabilities, large.probabilities, atol=0.02)


@pytest.mark.gpu
def test_a_gpu_says_what_the_cpu_says(tmp_path: Path) -> None:
    write_model(tmp_path, rejection=True)
    sources = [picture(seed) for seed in range(9)]
    library = library_in(tmp_path)
    for ours, theirs in zip(
        answers_to(ImagePredictor(library, "auto"), sources),
        answers_to(ImagePredictor(library, "cpu"), sources),
        strict=True,
    ):
        np.testing.assert_allclose(ours.probabilities, theirs.probabilities, atol=2e-3)
        assert dataclasses.replace(ours.timing) is not None
