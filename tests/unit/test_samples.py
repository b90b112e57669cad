from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.app.samples.index import INDEX, draw, samples
from deepstudio.core.paths import resources_dir
from deepstudio.core.requests import ImageAnswer, ImageSource, PredictImages
from deepstudio.models.library import default_library
from tests.helpers.contexts import RecordingContext

FOLDER = resources_dir() / "samples"


def test_the_index_and_the_pictures_belong_together() -> None:
    entries = json.loads((FOLDER / INDEX).read_text(encoding="utf-8"))
    assert [entry["file"] for entry in entries] == [sample.file for sample in samples()]
    assert {path.name for path in FOLDER.iterdir()} == {INDEX, *(entry["file"] for entry in entries)}
    assert all((FOLDER / entry["file"]).stat().st_size < 60_000 for entry in entries)
    assert {entry["model"] for entry in entries} == {"objects", "digits", "signs", "chest-xray"}


@pytest.mark.parametrize("name", ["sign-stop", "digit-7", "chest"])
def test_a_picture_is_what_its_code_draws(name: str) -> None:
    drawn = np.asarray(draw(name), np.float32)
    stored = np.asarray(Image.open(FOLDER / f"{name}.jpg").convert("RGB"), np.float32)
    assert np.abs(drawn - stored).mean() < 4


@pytest.mark.parametrize("model", ["objects", "digits", "signs", "chest-xray"])
def test_the_shipped_model_knows_its_samples(model: str) -> None:
    from deepstudio.infer.image import ImagePredictor

    library = default_library()
    if model not in [entry.name for entry in library.entries()]:
        pytest.skip(f"{model} is not trained yet")
    asked = [sample for sample in samples() if sample.model == model]
    sources = tuple(ImageSource(name=sample.file, path=Path(FOLDER / sample.file)) for sample in asked)
    context = RecordingContext()
    ImagePredictor(library, "cpu").predict(PredictImages(sources=sources, models=(model,)), context)
    answers = [answer for answer in context.partials if isinstance(answer, ImageAnswer)]
    assert [answer.labels[answer.ranking[0]] for answer in answers] == [sample.label for sample in asked]
