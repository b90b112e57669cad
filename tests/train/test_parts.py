"""The parts of training, each against its definition."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from deepstudio.core.errors import InputError, RecipeError
from deepstudio.core.paths import recipes_dir
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.augment import augment
from deepstudio.data.augment_config import AugmentConfig
from deepstudio.data.image_sets import ImageSet
from deepstudio.data.splits import group_split, read_groups, stratified_split
from deepstudio.models.registry import build_network
from deepstudio.train.batches import BatchPlan, Normalizer, to_device
from deepstudio.train.ema import WeightAverage
from deepstudio.train.evaluation import fit_temperature, measure
from deepstudio.train.losses import build_loss
from deepstudio.train.optimizers import build_optimizer, l1_penalty, set_rate
from deepstudio.train.propose_data import GENERIC
from deepstudio.train.recipe import LossConfig, OptimizerConfig, Recipe, ScheduleConfig, load_recipe
from deepstudio.train.schedules import build_schedule

TEMPLATES = {*GENERIC, "own-words"}
RECIPES = sorted(path.stem for path in recipes_dir().glob("*.toml"))


@pytest.mark.parametrize("name", RECIPES)
def test_shipped_recipes_are_whole(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.name == name
    assert recipe.description
    if name in TEMPLATES:
        return  # for data of one's own: it has neither data nor labels
    assert recipe.sources
    if not isinstance(recipe, Recipe):
        return  # the tests of its task build its network
    assert recipe.labels
    network = build_network(recipe.network.architecture, recipe.network.config, num_classes=len(recipe.labels))
    size = recipe.preprocessing
    with torch.no_grad():
        logits = network.eval()(torch.zeros(1, size.channels, size.height, size.width))
    assert logits.shape == (1, len(recipe.labels))


def test_overrides_reach_every_depth() -> None:
    recipe = load_recipe("objects", ["training.epochs=3", "optimizer.name=adam", "network.config.widths=[8,8,8]"])
    assert (recipe.training.epochs, recipe.optimizer.name) == (3, "adam")
    assert recipe.network.config["widths"] == [8, 8, 8]


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("training.epoch=3", "epochs"),
        ("training.epochs=many", "must be a whole number"),
        ("training.epochs=0", "between"),
        ("optimizer.name=sdg", "one of"),
        ("training.epochs", "key=value"),
        ("name.deeper=1", "not a table"),
        ("optimizer.lr=nan", "between"),
    ],
)
def test_bad_overrides_are_sentences(override: str, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        load_recipe("objects", [override])


def test_broken_recipe_files_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("name = ")
    (tmp_path / "latin.toml").write_bytes(b"name = '\xe9'")
    for name in ("broken", "latin"):
        with pytest.raises(RecipeError, match="not valid TOML"):
            load_recipe(tmp_path / f"{name}.toml")
    with pytest.raises(RecipeError, match="objects"):
        load_recipe("missing")


def schedule(name: str, **changes: float) -> list[float]:
    config = replace(ScheduleConfig(name=name), **changes)  # type: ignore[arg-type]
    share = build_schedule(config, total_steps=100, steps_per_epoch=10)
    return [share(step) for step in range(100)]


def test_schedules_follow_their_definition() -> None:
    assert set(schedule("constant")) == {1.0}
    step = schedule("step", step_epochs=3, step_factor=0.5)
    assert (step[29], step[30], step[60], step[99]) == (1.0, 0.5, 0.25, 0.125)
    one_cycle = schedule("one-cycle", start=0.2, warmup=0.2, end=0.05)
    assert one_cycle[0] == pytest.approx(0.2) and one_cycle[20] == pytest.approx(1.0)
    assert one_cycle[99] == pytest.approx(0.05)
    assert np.allclose(np.diff(one_cycle[20:], n=2), 0, atol=1e-9)
    cosine = schedule("cosine", warmup=0.0, end=0.0)
    assert cosine[0] == pytest.approx(1.0) and cosine[99] == pytest.approx(0.0, abs=1e-9)
    assert cosine[33] == pytest.approx((1 + math.cos(math.pi / 3)) / 2)


def test_a_restart_adds_a_second_fall_and_leaves_the_first_as_it_was() -> None:
    config = ScheduleConfig(name="one-cycle", warmup=0.25)
    alone = build_schedule(config, total_steps=60, steps_per_epoch=10)
    again = replace(config, restart_at=0.6, restart_share=0.3)
    whole = build_schedule(again, total_steps=100, steps_per_epoch=10)
    assert [whole(step) for step in range(60)] == [alone(step) for step in range(60)]
    assert whole(60) == pytest.approx(0.3) and whole(99) == pytest.approx(0.0)
    longer = build_schedule(
        replace(config, restart_at=0.48, restart_again_at=(0.8,)), total_steps=125, steps_per_epoch=10
    )
    assert [longer(step) for step in range(100)] == [whole(step) for step in range(100)]
    assert longer(100) == pytest.approx(0.15) and longer(124) == pytest.approx(0.0)


@pytest.mark.parametrize("name", ["sgd", "adam", "adamw", "rmsprop"])
def test_optimizers_walk_downhill(name: str) -> None:
    torch.manual_seed(0)
    network = nn.Linear(4, 1)
    x, y = torch.randn(64, 4), torch.randn(64, 1)
    optimizer = build_optimizer(network, OptimizerConfig(name=name, lr=0.05))
    losses = []
    for _ in range(50):
        loss = nn.functional.mse_loss(network(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert losses[-1] < losses[0]


def test_nesterov_matches_torch() -> None:
    torch.manual_seed(0)
    ours, theirs = nn.Linear(3, 1), nn.Linear(3, 1)
    theirs.load_state_dict(ours.state_dict())
    config = OptimizerConfig(name="sgd", lr=0.1, momentum=0.9, nesterov=True, l2=0.01)
    pair = (
        (ours, build_optimizer(ours, config)),
        (theirs, torch.optim.SGD(theirs.parameters(), 0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    )
    x = torch.randn(8, 3)
    for network, optimizer in pair:
        for _ in range(3):
            optimizer.zero_grad()
            network(x).square().mean().backward()
            optimizer.step()
    assert torch.allclose(ours.weight, theirs.weight, atol=1e-6)


def test_norm_biases_get_their_own_rate() -> None:
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))
    optimizer = build_optimizer(network, OptimizerConfig(lr=0.1, l2=0.01, norm_bias_lr=10.0))
    set_rate(optimizer, 0.5)
    rates = {group["lr"]: (len(group["params"]), group["weight_decay"]) for group in optimizer.param_groups}
    assert rates == {0.05: (3, 0.01), 0.5: (1, 0.001)}


def test_l1_penalty_leaves_biases_out() -> None:
    layer = nn.Linear(2, 1)
    nn.init.constant_(layer.weight, -2.0)
    nn.init.constant_(layer.bias, 100.0)
    assert l1_penalty(layer.parameters()).item() == 4.0


@pytest.mark.parametrize("name", ["cross-entropy", "binary-cross-entropy", "mean-squared-error"])
@pytest.mark.parametrize("balanced", [False, True])
def test_losses_are_lower_for_right_answers(name: str, balanced: bool) -> None:
    loss = build_loss(LossConfig(name=name, balance_classes=balanced, label_smoothing=0.1), torch.tensor([90, 10]))
    labels = torch.tensor([0, 1, 0])
    right = nn.functional.one_hot(labels, 2).float() * 4 - 2
    assert loss(right, labels) < loss(-right, labels)


def test_balanced_classes_weigh_alike() -> None:
    loss = build_loss(LossConfig(balance_classes=True), torch.tensor([90, 10]))
    logits, labels = torch.zeros(10, 2), torch.tensor([0] * 9 + [1])
    logits[:, 0] = 3.0
    expected = (
        nn.functional.cross_entropy(logits[:1], labels[:1]) + nn.functional.cross_entropy(logits[9:], labels[9:])
    ) / 2
    assert loss(logits, labels).item() == pytest.approx(expected.item(), rel=1e-5)


def plan_for(count: int = 20, **changes: object) -> BatchPlan:
    images = np.arange(count, dtype=np.uint8)[:, None, None, None] * np.ones((1, 4, 4, 1), np.uint8)
    labels = np.arange(count, dtype=np.int64)
    names = tuple(map(str, range(count)))
    data = to_device(ImageSet(images=images, labels=labels, classes=names, names=names), torch.device("cpu"))
    normalize = Normalizer(Preprocessing(height=4, width=4, channels=1), torch.device("cpu"))
    return BatchPlan(data, normalize, AugmentConfig(**changes), batch_size=6, seed=3)  # type: ignore[arg-type]


def test_an_epoch_deals_each_image_at_most_once_and_shuffles_anew() -> None:
    plan = plan_for()
    first, second = ([label for _, labels in plan.epoch(e) for label in labels.tolist()] for e in (0, 1))
    assert len(first) == 18 == len(set(first)) and first != second
    assert [label for _, labels in plan.epoch(0) for label in labels.tolist()] == first


def test_an_epoch_entered_late_deals_the_same_rest() -> None:
    plan = plan_for(translate=1, noise=0.5, flip="random")
    whole, rest = list(plan.epoch(2)), list(plan.epoch(2, 1))
    assert all(torch.equal(a[0], b[0]) and torch.equal(a[1], b[1]) for a, b in zip(whole[1:], rest, strict=True))


def test_alternate_flips_show_both_sides_in_two_epochs() -> None:
    generator = torch.Generator().manual_seed(0)
    x = torch.arange(4.0).view(1, 1, 1, 4).repeat(2, 1, 1, 1)
    config = AugmentConfig(flip="alternate")
    mirrored = torch.tensor([True, False])
    even, odd = (augment(x, config, generator, mirrored_B=mirrored ^ bool(epoch)) for epoch in (0, 1))
    assert torch.equal(even, odd.flip(-1)) and torch.equal(even[1], x[1])


def test_translation_moves_by_whole_pixels_and_mirrors_edges() -> None:
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(50, 1, 8, 8)
    moved = augment(x, AugmentConfig(translate=2), generator, mirrored_B=torch.zeros(50, dtype=torch.bool))
    padded = nn.functional.pad(x, (2, 2, 2, 2), mode="reflect")
    for before, after in zip(padded, moved, strict=True):
        windows = [before[:, dy : dy + 8, dx : dx + 8] for dy in range(5) for dx in range(5)]
        assert any(torch.equal(after, window) for window in windows)


def test_cutout_blanks_one_square() -> None:
    generator = torch.Generator().manual_seed(0)
    x = torch.ones(10, 2, 8, 8)
    cut = augment(x, AugmentConfig(cutout=3), generator, mirrored_B=torch.zeros(10, dtype=torch.bool))
    assert ((cut == 0).sum(dim=(2, 3)) == 9).all()


@pytest.mark.parametrize("change", ["rotate", "scale", "shear", "contrast", "brightness", "noise"])
def test_each_change_changes_and_zero_does_not(change: str) -> None:
    x, still = torch.rand(4, 3, 10, 10), torch.zeros(4, dtype=torch.bool)
    config = AugmentConfig(**{change: 0.5})  # type: ignore[arg-type]
    assert not torch.equal(augment(x, config, torch.Generator().manual_seed(1), mirrored_B=still), x)
    assert torch.equal(augment(x, AugmentConfig(), torch.Generator().manual_seed(1), mirrored_B=still), x)


def test_stratified_split_holds_a_share_of_each_class() -> None:
    labels = np.repeat([0, 1, 2], [100, 50, 10])
    train, held = stratified_split(labels, 0.2, seed=0)
    assert np.bincount(labels[held]).tolist() == [20, 10, 2]
    assert sorted([*train, *held]) == list(range(160))


def test_group_split_divides_no_group() -> None:
    groups = [f"track{k // 10}" for k in range(200)]
    labels = np.arange(200) // 100
    train, held = group_split(labels, groups, 0.2, seed=1)
    assert not {groups[k] for k in train} & {groups[k] for k in held}
    assert len(held) == 40


def test_groups_are_found_in_names_or_through_a_table(tmp_path: Path) -> None:
    assert read_groups(["a/0001_02.png"], r"(\d+)_", None) == ["0001"]
    (tmp_path / "names.txt").write_text("x/7_1.ppm\nx/8_1.ppm\n")
    assert read_groups(["a/1.png", "a/0.png"], r"(\d+)_", tmp_path / "names.txt") == ["8", "7"]
    with pytest.raises(InputError, match="no group"):
        read_groups(["a/5.png"], r"(\d+)_", tmp_path / "names.txt")


def test_average_of_weights_follows_its_definition() -> None:
    network = nn.Linear(1, 1, bias=False)
    nn.init.constant_(network.weight, 0.0)
    average = WeightAverage(network, decay=0.5)
    expected = 0.0
    for step in range(1, 6):
        nn.init.constant_(network.weight, float(step))
        average.update(network)
        keep = min(0.5, (1 + step) / (10 + step))
        expected = keep * expected + (1 - keep) * step
    with average.applied(network):
        assert network.weight.item() == pytest.approx(expected)
    assert network.weight.item() == 5.0


def test_figures_agree_with_a_count_by_hand() -> None:
    logits = torch.tensor([[3.0, 0, 0], [2.0, 0, 0], [0, 2.0, 0], [0, 0, 2.0], [2.0, 0, 0]])
    report = measure(logits, torch.tensor([0, 0, 1, 2, 2]))
    assert report.accuracy == pytest.approx(0.8)
    assert report.balanced_accuracy == pytest.approx((1 + 1 + 0.5) / 3)
    assert report.precision == pytest.approx((2 / 3 + 1 + 1) / 3)
    assert report.macro_f1 == pytest.approx((0.8 + 1 + 2 / 3) / 3)
    assert report.confusion == [[2, 0, 0], [0, 1, 0], [1, 0, 1]]


@pytest.mark.parametrize("classes", [2, 7])
def test_figures_agree_with_torchmetrics(classes: int) -> None:
    from torchmetrics.functional import classification as reference

    torch.manual_seed(classes)
    logits = torch.randn(300, classes + 2) * 2
    logits[:, -1] = -100.0  # never said, never true
    labels = torch.randint(0, classes, (300,))  # the last but one is said but never true
    found, number = measure(logits, labels, temperature=1.5), classes + 2
    probabilities = torch.softmax(logits / 1.5, dim=1)
    assert found.confusion == reference.multiclass_confusion_matrix(probabilities, labels, number).tolist()
    for name, expected in (
        ("macro_f1", reference.multiclass_f1_score(probabilities, labels, number)),
        ("precision", reference.multiclass_precision(probabilities, labels, number)),
        ("recall", reference.multiclass_recall(probabilities, labels, number)),
        ("ece", reference.multiclass_calibration_error(probabilities, labels, number, n_bins=15)),
    ):
        assert getattr(found, name) == pytest.approx(expected.item(), rel=1e-5), name


def test_temperature_recovers_an_overconfident_network() -> None:
    torch.manual_seed(0)
    true = torch.randn(4000, 5) * 2
    labels = torch.distributions.Categorical(logits=true).sample()
    assert fit_temperature(true * 3, labels) == pytest.approx(3.0, rel=0.1)
    assert measure(true * 3, labels, temperature=3.0).ece < 0.5 * measure(true * 3, labels).ece
