"""What the train workspace makes of data and recipes, without a window."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData

from deepstudio.core.errors import InputError
from deepstudio.data.sources import IMAGE_SUFFIXES
from deepstudio.models.articles import ArticleConfig
from deepstudio.models.speednet import SpeedNetConfig
from deepstudio.train.recipe import NetworkConfig, Recipe, TrainingConfig
from deepstudio.train.recipe_files import load_recipe
from deepstudio.train.recipe_toml import recipe_to_toml
from deepstudio.ui.workspaces.image import ImageWorkspace
from deepstudio.ui.workspaces.train import TrainWorkspace, holds_classes
from deepstudio.ui.workspaces.train.data_job import ReadData, read_data, slug
from deepstudio.ui.workspaces.train.data_pane import split_sizes
from deepstudio.ui.workspaces.train.draft import QUICK, THOROUGH, USUAL, RecipeDraft
from deepstudio.ui.workspaces.train.network_job import ListNetworks, list_networks
from deepstudio.ui.workspaces.train.recipe_paths import changed_paths, fitted_to_pictures, read_path, with_value
from deepstudio.ui.workspaces.train.sample_data import SHAPES, MakeShapes, make_shapes
from deepstudio.ui.workspaces.train.setting_fields import main_fields, setting_fields
from deepstudio.ui.workspaces.train.words import TITLES
from tests.helpers.contexts import RecordingContext
from tests.helpers.tiny_sets import write_classes


def recipe(**more: object) -> Recipe:
    return Recipe(name="pets", training=TrainingConfig(epochs=10), **more)  # type: ignore[arg-type]


@pytest.fixture
def draft(qapp: object) -> RecipeDraft:
    made = RecipeDraft()
    made.open(recipe(), SpeedNetConfig)
    return made


# Recipes by path


def test_a_path_reads_and_replaces_nested_values_and_leaves_the_rest() -> None:
    before = recipe(network=NetworkConfig(config={"depth": 2}))
    after = with_value(with_value(before, "training.epochs", 3), "network.config.dropout", 0.5)
    assert read_path(after, "training.epochs") == 3
    assert after.network.config == {"depth": 2, "dropout": 0.5}
    assert before.training.epochs == 10 and before.network.config == {"depth": 2}
    assert list(changed_paths(before, after)) == ["training.epochs", "network.config.dropout"]


def test_a_network_gets_the_size_of_the_pictures() -> None:
    grey = with_value(with_value(recipe(), "preprocessing.channels", 1), "preprocessing.height", 48)
    fitted = fitted_to_pictures(grey, ArticleConfig)
    assert fitted.network.config == {"in_channels": 1, "height": 48}
    assert fitted_to_pictures(recipe(), ArticleConfig) == recipe()


def test_every_setting_of_recipe_and_network_is_listed_once_with_a_title() -> None:
    fields = setting_fields(recipe(), SpeedNetConfig)
    paths = [field.path for field in fields]
    assert len(paths) == len(set(paths))
    assert {"training.epochs", "optimizer.betas", "network.config.widths", "augment.flip", "seed"} <= set(paths)
    assert "network.config.in_channels" not in paths  # follows from the pictures
    assert [field.name for field in fields if field.name not in TITLES] == []
    assert [field.path for field in main_fields(fields)][:3] == [
        "training.epochs",
        "training.batch_size",
        "optimizer.lr",
    ]


# The draft


def test_changes_are_undone_redone_and_reset(draft: RecipeDraft) -> None:
    draft.set("training.epochs", 3)
    draft.set("network.config.widths", (8, 16, 16))
    assert draft.changes() == ["training.epochs", "network.config.widths"]
    draft.undo()
    assert draft.value("network.config.widths") == (64, 256, 256)
    draft.redo()
    assert draft.value("network.config.widths") == [8, 16, 16]
    draft.reset("training.epochs")
    assert draft.value("training.epochs") == 10 and not draft.is_changed("training.epochs")
    draft.reset_all()
    assert draft.changes() == [] and draft.recipe == recipe()
    draft.undo()
    assert draft.value("network.config.widths") == [8, 16, 16]


def test_presets_change_the_length_and_keep_what_was_set_by_hand(draft: RecipeDraft) -> None:
    draft.set("optimizer.lr", 0.5)
    draft.use_preset(QUICK)
    assert draft.value("training.epochs") == 2 and draft.value("optimizer.lr") == 0.5
    draft.use_preset(THOROUGH)
    assert draft.value("training.epochs") == 30 and draft.value("training.keep") == "best"
    assert draft.changes() == ["optimizer.lr"]
    draft.use_preset(USUAL)
    assert draft.value("training.keep") == "last" and draft.value("training.epochs") == 10


def test_another_network_begins_with_its_own_defaults(draft: RecipeDraft) -> None:
    draft.set("network.config.depth", 3)
    draft.use_network("article-two-blocks", ArticleConfig)
    assert draft.recipe.network.config == {}
    assert draft.value("network.config.activation") == "relu"
    draft.undo()
    assert draft.recipe.network.architecture == "speednet" and draft.value("network.config.depth") == 3


@pytest.mark.parametrize("name", ["objects", "digits", "signs", "chest-xray"])
def test_a_recipe_written_as_toml_is_read_again_the_same(name: str, tmp_path: Path) -> None:
    wanted = load_recipe(name)
    target = tmp_path / "copy.toml"
    target.write_text(recipe_to_toml(wanted), encoding="utf-8")
    assert load_recipe(target) == wanted


def test_toml_quotes_what_needs_it(tmp_path: Path) -> None:
    odd = dataclasses.replace(recipe(), title='say "cheese"\n\ttwice\x7f', labels=("a b", "c'd", "号"))
    target = tmp_path / "odd.toml"
    target.write_text(recipe_to_toml(odd), encoding="utf-8")
    assert load_recipe(target) == odd


# Data


def test_a_folder_of_classes_is_read_with_counts_samples_and_a_recipe(tmp_path: Path) -> None:
    write_classes(tmp_path / "pets", {"cat": 12, "dog": 6})
    view = read_data(ReadData(path=tmp_path / "pets"), RecordingContext())
    assert [(row.name, row.count) for row in view.classes] == [("cat", 12), ("dog", 6)]
    assert view.kind == "folders" and view.has_pictures and view.task == "image-classification"
    assert all((tmp_path / "pets" / name).is_file() for row in view.classes for name in row.samples)
    assert view.recipe.training.epochs > 0 and view.count == 18


def test_the_split_shown_is_the_one_that_training_makes(tmp_path: Path) -> None:
    from deepstudio.train.sets import load_training_sets

    write_classes(tmp_path / "pets", {"cat": 13, "dog": 6})
    view = read_data(ReadData(path=tmp_path / "pets"), RecordingContext())
    shown = split_sizes(view, view.recipe)
    sets = load_training_sets(view.recipe, view.data, RecordingContext())
    assert (shown["train"], shown["validation"]) == (len(sets.train), len(sets.validation))


def test_a_table_of_texts_becomes_a_text_recipe(tmp_path: Path) -> None:
    table = tmp_path / "films.csv"
    rows = "".join(f'"what a {word} film, number {n}",{label}\n' for n in range(20) for word, label in
                   (("fine", "good"), ("dull", "bad")))  # fmt: skip
    table.write_text(f"text,label\n{rows}", encoding="utf-8")
    view = read_data(ReadData(path=table), RecordingContext())
    assert view.task == "text-classification" and not view.has_pictures
    assert [(row.name, row.count) for row in view.classes] == [("bad", 20), ("good", 20)]
    assert "dull film" in view.classes[0].samples[0]
    assert view.recipe.data.train == ("films.csv",) and view.data == table
    again = read_data(ReadData(path=table, recipe=view.recipe), RecordingContext())
    assert again.classes == view.classes


@pytest.mark.parametrize(("content", "words"), [("text,label\n", "no text"), ("one\ntwo\n", "no labels")])
def test_a_table_that_teaches_nothing_is_refused(tmp_path: Path, content: str, words: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_data(ReadData(path=table), RecordingContext())


def test_drawn_shapes_are_made_once_and_can_be_trained_on() -> None:
    folder = make_shapes(MakeShapes(count=3), RecordingContext())
    assert sorted(path.name for path in folder.iterdir()) == sorted(SHAPES)
    pictures = [np.asarray(Image.open(path)) for path in sorted(folder.rglob("*.png"))]
    assert len(pictures) == 3 * len(SHAPES) and {picture.shape for picture in pictures} == {(32, 32, 3)}
    assert all(picture.std() > 5 for picture in pictures)
    again = RecordingContext()
    assert make_shapes(MakeShapes(count=3), again) == folder and not again.steps


def test_networks_are_offered_for_their_task_alone() -> None:
    found = {choice.name: choice for choice in list_networks(ListNetworks(), RecordingContext())}
    assert found["speednet"].fits("image-classification") and not found["speednet"].fits("text-classification")
    assert found["text-lstm"].fits("text-classification") and not found["text-lstm"].fits("image-classification")
    assert found["torchvision/resnet18"].fits("image-classification")
    assert list(found)[-1].startswith("torchvision/")


# Where a drop goes


def test_a_folder_of_classes_opens_train_and_loose_pictures_open_image(tmp_path: Path) -> None:
    classes, album, empty = tmp_path / "pets", tmp_path / "album", tmp_path / "empty"
    write_classes(classes, {"cat": 1, "dog": 1})
    write_classes(album, {"": 3})
    empty.mkdir()
    assert holds_classes(classes) and not holds_classes(album) and not holds_classes(empty)
    train, image, mime = TrainWorkspace(), ImageWorkspace(), QMimeData()
    assert train.accepts([classes], mime) > image.accepts([classes], mime)
    assert train.accepts([album], mime) < image.accepts([album], mime)
    assert train.accepts([classes, album], mime) == 0


def test_tables_and_recipes_open_train_pictures_do_not(tmp_path: Path) -> None:
    train, mime = TrainWorkspace(), QMimeData()
    recipe_file = tmp_path / "r.toml"
    recipe_file.write_text("")
    assert train.accepts([tmp_path / "a.csv"], mime) > 0 and train.accepts([recipe_file], mime) > 0
    assert all(train.accepts([tmp_path / f"a{suffix}"], mime) == 0 for suffix in IMAGE_SUFFIXES)


@pytest.mark.parametrize(("text", "name"), [("My Pets!", "my-pets"), ("  ", "model"), ("Grün 2", "grün-2")])
def test_names_of_models_are_fit_for_files(text: str, name: str) -> None:
    assert slug(text) == name
