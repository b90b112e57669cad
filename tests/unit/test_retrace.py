"""The lines on a card that make the model and its figures again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deepstudio.app.cli.models import _card_lines
from deepstudio.core.paths import resources_dir
from deepstudio.models.library import ModelLibrary
from deepstudio.models.retrace import commands_of


@pytest.fixture(scope="module")
def library() -> ModelLibrary:
    models = resources_dir() / "models"
    return ModelLibrary(models, models / "none")


def test_every_shipped_model_says_how_it_is_made_and_measured(library: ModelLibrary) -> None:
    for entry in library.entries():
        assert entry.card is not None
        trains, *measure = commands_of(entry.card)
        assert trains == f"deepstudio train {entry.name} --data DIR" and measure
        assert all(line.startswith(f"deepstudio evaluate {entry.name} --data DIR") for line in measure)
        assert f"again          {trains}" in _card_lines(entry, entry.card)


def test_lines_name_the_data(library: ModelLibrary) -> None:
    def measured(name: str) -> tuple[str, ...]:
        card = library.find(name).card
        assert card is not None
        return commands_of(card)[1:]

    assert measured("sentiment") == (
        "deepstudio evaluate sentiment --data DIR/imdb/test.csv",
        "deepstudio evaluate sentiment --data DIR/sst2/test.tsv",
    )
    assert measured("signs") == ("deepstudio evaluate signs --data DIR/gtsrb",)
    assert measured("image-text") == ("deepstudio evaluate image-text --data DIR",)


def test_a_recipe_of_ones_own_has_no_line_that_would_not_work(library: ModelLibrary) -> None:
    card = library.find("spam").card
    assert card is not None
    assert commands_of(replace(card, recipe={**card.recipe, "name": "my-mails"})) == ()
    assert commands_of(replace(card, recipe={})) == ()
