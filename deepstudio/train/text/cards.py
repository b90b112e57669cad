"""What the tasks on text share: the card, and the way from trained weights to a measured model file. In the lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from deepstudio.core.config import from_mapping
from deepstudio.core.errors import InputError, ModelFileError
from deepstudio.core.job import JobContext
from deepstudio.core.text_input import TextInput
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.text.tokens import TextTokenizer
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.modelfile import LoadedModel, load_model, save_model
from deepstudio.train.task import Finished, bare_card
from deepstudio.train.text.recipe import TextRecipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures of one set of examples."""

    data: str
    split: str
    examples: int
    values: Mapping[str, float]

    def measured(self) -> list[Measured]:
        """Return them as a card has them."""
        return [
            Measured(name=name, value=value, data=self.data, split=self.split, examples=self.examples)
            for name, value in self.values.items()
        ]


def text_card(recipe: TextRecipe, tokenizer: TextTokenizer, labels: tuple[str, ...] = (), **more: Any) -> ModelCard:
    """Return the card of a network of this recipe, without figures."""
    return bare_card(
        recipe,
        architecture=recipe.network.architecture,
        config={**recipe.network.config, "vocabulary": tokenizer.size},
        labels=labels,
        text=recipe.text,
        tokenizer=tokenizer.to_card(),
        **more,
    )


def finish_text(
    network: nn.Module,
    card: ModelCard,
    target: Path,
    context: JobContext,
    *,
    device: torch.device,
    training: Mapping[str, Any],
    measure: Callable[[LoadedModel], Sequence[Figures]],
) -> Finished:
    """Write the file, load it as anybody would, measure it, and write it again with the figures on its card."""
    card = replace(card, extra={**card.extra, "training": dict(training), "commands": _commands(card)})
    eight_bits = recipe_of(card).storage == "int8"
    save_model(target, card, network.eval(), eight_bits=eight_bits)
    loaded = load_model(target, device)
    context.status(QT_TRANSLATE_NOOP("status", "Measuring"))
    figures = measure(loaded)
    metrics = tuple(one for part in figures for one in part.measured())
    card = save_model(target, replace(loaded.card, metrics=metrics), loaded.network, eight_bits=eight_bits)
    by_split = {split: [part for part in figures if part.split == split] for split in ("validation", "test")}
    return Finished(path=target, card=card, validation=by_split["validation"], test=by_split["test"] or None)


def _commands(card: ModelCard) -> list[str]:
    """Return the lines that make the model and its test figures again; DIR is the folder with the data sets."""
    config = recipe_of(card).data
    folder = f"DIR/{config.folder}" if config.folder else "DIR"
    whole = any("|" in name for name in config.test) or not config.test
    places = [folder] if whole else [f"{folder}/{name}" for name in config.test]
    measured = [f"deepstudio evaluate {card.name} --data {place}" for place in places]
    return [f"deepstudio train {card.name} --data DIR", *measured]


def text_input_of(card: ModelCard) -> TextInput:
    """Return how the model takes text; raises ModelFileError if the card does not say."""
    if card.text is None or not card.tokenizer:
        raise ModelFileError(QT_TRANSLATE_NOOP("errors", "{name} does not say how it takes text."), name=card.name)
    return card.text


def recipe_of(card: ModelCard) -> TextRecipe:
    """Return the recipe on a card."""
    return from_mapping(TextRecipe, card.recipe, where=card.name)


def test_files(card: ModelCard, data: Path, suffixes: Sequence[str]) -> list[Path]:
    """Return the files that evaluating on `data` means: the file itself, or the test files in a folder.

    In a folder: those that the card's recipe names, else `test.*`. Raises InputError if there is none.
    """
    if data.is_file():
        return [data]
    config = recipe_of(card).data
    found = []
    for name in config.test:
        first = name.split("|")[0]
        places = (data / config.folder / first, data / first, data / Path(first).name)
        found += [place for place in places if place.is_file()][:1]
    found = found or [path for path in sorted(data.glob("test*")) if path.suffix in suffixes]
    if not found:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is no test file in {path}."),
            fix=QT_TRANSLATE_NOOP("errors", "Name the file itself."),
            path=str(data),
        )
    return found
