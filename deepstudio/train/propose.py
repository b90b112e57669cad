"""A sensible recipe for a folder or table of pictures that nobody wrote one for. Torch-free, a job for any lane."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.job import JobContext
from deepstudio.core.paths import recipes_dir
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.data.corrections import CorrectionView
from deepstudio.data.decode import decode_image
from deepstudio.data.fit import decoding_side, fit_image
from deepstudio.data.listing import VALIDATION_FOLDERS, Layout, Listing, idx_files, list_data
from deepstudio.data.sample_files import image_source
from deepstudio.train.recipe import NetworkConfig, Recipe, load_image_recipe

GENERIC = "images"
"""Name of the shipped recipe that a proposal starts from."""

_LOOKED_AT = 200
_TRAIN_FOLDERS = ("train", "training")
_TEST_FOLDERS = ("test", "testing", "t10k")
_DULL_NAMES = frozenset({"data", "images", "imgs", "pictures", "dataset", "train", "labels", "annotations"})
_SIDED = frozenset({"left", "right", "links", "rechts", "west", "east"})
_LONG = 1.4
_SEEN = {32: 400_000, 64: 160_000, 96: 80_000}
"""Pictures to show the network in a run, by its input size: some minutes on a laptop's processor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRequest:
    """Propose a recipe for the pictures at `data`: a folder or a table."""

    data: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A recipe, why it is as it is (phrases, context "proposals"), and what was found.

    `size` is the median width and height in pixels; `shipped` names the recipes that were made for this very set.
    """

    recipe: Recipe
    reasons: tuple[Phrase, ...]
    classes: tuple[str, ...]
    counts: dict[str, int]
    size: tuple[int, int]
    shipped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Look:
    """What a sample of the pictures is like."""

    widths: list[int] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    grey: bool = True
    pictures: list[np.ndarray] = field(default_factory=list)


def propose_recipe(request: ProposeRequest, context: JobContext) -> Proposal:
    """Return a recipe fitted to number, size and colour of the pictures.

    Raises InputError where there are no labelled pictures, or none that can be read.
    """
    context.status(QT_TRANSLATE_NOOP("status", "Looking at the data"))
    base = load_image_recipe(recipes_dir() / f"{GENERIC}.toml")
    layout = find_layout(request.data)
    listing = list_data(request.data, layout, context.check)
    classes = _classes(listing)
    counts = {split: sum(sample.split == split for sample in listing.samples) for split in listing.splits}
    look = _look(listing, context)
    size = int(np.median(look.widths)), int(np.median(look.heights))
    side = size[1] if listing.kind == "idx" else _input_side(size, counts.get("train", 0))
    reasons = [_said_size(size, side)]
    recipe = replace(base, name=short_name(request.data), title=title_of(request.data))
    recipe = _with_input(recipe, look, size, side, reasons)
    recipe = _with_augmentation(recipe, classes, side, reasons)
    recipe = _with_training(recipe, counts.get("train", 0), side, len(classes), reasons)
    data = replace(
        recipe.data,
        name=title_of(request.data),
        train=layout.train,
        validation=layout.validation,
        test=layout.test,
        validation_share=_validation_share(counts.get("train", 0)),
    )
    return Proposal(
        recipe=replace(recipe, data=data),
        reasons=tuple(reasons),
        classes=classes,
        counts=counts,
        size=size,
        shipped=shipped_recipes(request.data),
    )


def find_layout(data: Path) -> Layout:
    """Return the names under which training, validation and test split lie in a folder."""
    if not data.is_dir():
        return Layout()
    below = {path.name.lower(): path.name for path in data.iterdir() if path.is_dir()}

    def named(names: tuple[str, ...], otherwise: str) -> str:
        found = next((below[name] for name in names if name in below), None)
        return found or next((name for name in names if idx_files(data, name)), otherwise)

    return Layout(
        train=named(_TRAIN_FOLDERS, "train"),
        validation=named(VALIDATION_FOLDERS, ""),
        test=named(_TEST_FOLDERS, "test"),
    )


def shipped_recipes(data: Path) -> tuple[str, ...]:
    """Return the names of the shipped recipes whose set lies in `data`, or is `data` itself."""
    found: list[str] = []
    for path in sorted(recipes_dir().glob("*.toml")):
        try:
            recipe = load_image_recipe(path)
        except DeepStudioError:  # a recipe of another task
            continue
        folder = recipe.data.folder
        if folder and ((data / folder).is_dir() or data.name == Path(folder).name):
            found.append(path.stem)
    return tuple(found)


def _classes(listing: Listing) -> tuple[str, ...]:
    view = CorrectionView(listing.data)
    labels = {view.label(sample.name, sample.label) for sample in listing.samples if sample.split == "train"}
    found = tuple(name for name in listing.classes if name in labels)
    if len(found) < 2:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "All training images in {path} belong to one class."),
            fix=QT_TRANSLATE_NOOP("errors", "At least two classes are needed to learn the difference."),
            path=str(listing.data),
        )
    return found


def _look(listing: Listing, context: JobContext) -> _Look:
    """Decode an evenly spaced sample of the training pictures."""
    names = [sample.name for sample in listing.samples if sample.split == "train"]
    number = min(len(names), _LOOKED_AT)
    chosen = [names[index * len(names) // number] for index in range(number)]
    found = _Look()
    for done, name in enumerate(chosen):
        context.check()
        context.progress(done, len(chosen))
        try:
            decoded = decode_image(image_source(listing.root, name), target_side=decoding_side())
        except DeepStudioError:
            continue
        found.widths.append(decoded.width)
        found.heights.append(decoded.height)
        found.pictures.append(decoded.pixels)
        found.grey = found.grey and bool((np.ptp(decoded.pixels.astype(np.int16), axis=2) <= 6).all())
    if not found.pictures:
        raise InputError(QT_TRANSLATE_NOOP("errors", "No image in {path} could be read."), path=str(listing.data))
    return found


def _input_side(size: tuple[int, int], examples: int) -> int:
    """Return 32, 64 or 96: as large as the pictures are, and as so many of them allow on a laptop."""
    side = min(size)
    if side <= 40 or examples > 60_000:
        return 32
    return 64 if side <= 80 or examples > 12_000 else 96


def _said_size(size: tuple[int, int], side: int) -> Phrase:
    return Phrase(
        QT_TRANSLATE_NOOP(
            "proposals", "Pictures of mostly {width} x {height} pixels are looked at as {side} x {side}."
        ),
        {"width": size[0], "height": size[1], "side": side},
    )


def _with_input(recipe: Recipe, look: _Look, size: tuple[int, int], side: int, reasons: list[Phrase]) -> Recipe:
    channels = 1 if look.grey else 3
    aspect = size[0] / size[1]
    fit = "pad" if max(aspect, 1 / aspect) > _LONG else "crop"
    shape = Preprocessing(height=side, width=side, channels=channels, fit=fit)
    pixels = np.concatenate([fit_image(picture, shape).pixels.reshape(-1, channels) for picture in look.pictures])
    mean, std = pixels.mean(axis=0) / 255, np.maximum(pixels.std(axis=0) / 255, 0.05)
    if look.grey:
        reasons.append(Phrase(QT_TRANSLATE_NOOP("proposals", "All of them are grey, so one channel is enough.")))
    if fit == "pad":
        reasons.append(
            Phrase(QT_TRANSLATE_NOOP("proposals", "They are long, so a border keeps the whole of them in sight."))
        )
    shape = replace(
        shape,
        mean=tuple(round(float(value), 4) for value in mean),
        std=tuple(round(float(value), 4) for value in std),
    )
    widths = [32, 96, 192] if side <= 32 else [32, 64, 128]
    config = {**recipe.network.config, "in_channels": channels, "widths": widths}
    return replace(recipe, preprocessing=shape, network=NetworkConfig(architecture="speednet", config=config))


def _with_augmentation(recipe: Recipe, classes: tuple[str, ...], side: int, reasons: list[Phrase]) -> Recipe:
    words = {word for label in classes for word in re.split(r"[\W_]+", label.lower())}
    signs = all(len(label) == 1 for label in classes)
    augment = replace(recipe.augment, translate=max(2, side // 12), cutout=side // 5)
    if words & _SIDED or signs:
        augment = replace(augment, flip="none", cutout=0 if signs else augment.cutout)
        reasons.append(
            Phrase(QT_TRANSLATE_NOOP("proposals", "The classes differ in a mirror, so pictures are not mirrored."))
        )
    return replace(recipe, augment=augment)


def _with_training(recipe: Recipe, examples: int, side: int, num_classes: int, reasons: list[Phrase]) -> Recipe:
    batch = int(np.clip(2 ** round(math.log2(max(examples, 1) / 40)), 8, 128))
    seen = _SEEN[min(_SEEN, key=lambda known: abs(known - side))]
    epochs = int(np.clip(round(seen / max(examples, 1)), 8, 80))
    steps = epochs * max(1, examples // batch)
    reasons.append(
        Phrase(
            QT_TRANSLATE_NOOP(
                "proposals", "{examples} pictures of {classes} classes: {epochs} epochs in batches of {batch}."
            ),
            {"examples": examples, "classes": num_classes, "epochs": epochs, "batch": batch},
        )
    )
    training = replace(recipe.training, batch_size=batch, epochs=epochs, ema=0.99 if steps > 500 else 0.0)
    # Adam's rate goes with the root of the batch size (Malladi et al. 2022, arXiv:2205.10287).
    rate = round(recipe.optimizer.lr * math.sqrt(batch / 128), 5)
    return replace(recipe, training=training, optimizer=replace(recipe.optimizer, lr=rate))


def _validation_share(examples: int) -> float:
    return 0.2 if examples < 2000 else 0.1 if examples < 30_000 else 0.05


def _named_after(data: Path) -> str:
    path = data.absolute()
    name = path.stem if data.is_file() else path.name
    return path.parent.name if name.lower() in _DULL_NAMES and path.parent.name else name


def short_name(data: Path) -> str:
    """Return a name for files and commands: small letters, digits and dashes."""
    return re.sub(r"[^\w]+", "-", _named_after(data).lower()).strip("-_") or "pictures"


def title_of(data: Path) -> str:
    """Return a title for a model made from `data`."""
    words = re.sub(r"[_\-\s]+", " ", _named_after(data)).strip()
    return words[:1].upper() + words[1:] if words else "Pictures"
