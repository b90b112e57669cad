"""Pre-flight checks on sets with known faults, and on real sets, which must not be drowned in false alarms."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from deepstudio.core.errors import InputError, JobCancelled
from deepstudio.core.job import SilentContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.checks import CheckReport, CheckRequest, Finding, FixKind, Severity, apply_fix, run_checks
from deepstudio.data.checks.near import join_groups
from deepstudio.data.checks.texts import TextSample, check_texts
from deepstudio.data.corrections import Corrections
from deepstudio.data.listing import Layout
from tests.helpers.contexts import RecordingContext


def scene(seed: int, size: tuple[int, int] = (40, 40)) -> Image.Image:
    """Return a coloured picture of smooth blobs that no other seed resembles."""
    generator = np.random.default_rng(seed)
    coarse = generator.integers(0, 256, (6, 6, 3)).astype(np.uint8)
    return Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


def save(picture: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """Return a set of 2 classes and 3 splits without a single fault."""
    root = tmp_path / "pets"
    seed = 0
    for split, count in (("train", 24), ("val", 6), ("test", 6)):
        for label in ("cat", "dog"):
            for number in range(count):
                seed += 1
                save(scene(seed), root / split / label / f"{number}.png")
    return root


def checked(data: Path, **settings: object) -> CheckReport:
    request = CheckRequest(data=data, layout=Layout(validation="val"), **settings)  # type: ignore[arg-type]
    return run_checks(request, SilentContext())


def by_check(report: CheckReport, name: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.check == name]


def only(report: CheckReport, name: str) -> Finding:
    found = by_check(report, name)
    assert len(found) == 1, [finding.text() for finding in report.findings]
    return found[0]


def test_a_clean_set_has_nothing_to_tell(pets: Path) -> None:
    report = checked(pets)
    assert [finding.text() for finding in report.findings] == []
    assert report.samples == 72 and not report.blocked
    assert [(c.label, dict(c.counts)) for c in report.classes] == [
        ("cat", {"train": 24, "validation": 6, "test": 6}),
        ("dog", {"train": 24, "validation": 6, "test": 6}),
    ]


def test_unreadable_files_are_named_with_the_reason_and_left_out(pets: Path) -> None:
    (pets / "train" / "cat" / "5.png").write_bytes(b"GIF89a")
    (pets / "train" / "dog" / "6.png").write_bytes(b"")
    found = only(checked(pets), "unreadable")
    assert found.items == ("train/cat/5.png", "train/dog/6.png") and found.severity is Severity.WARNS
    assert "2 of 72" in found.text() and "5.png" in found.text()
    apply_fix(pets, found.fixes[0])
    assert by_check(checked(pets), "unreadable") == []


def test_nothing_readable_blocks(tmp_path: Path) -> None:
    for label in "ab":
        (tmp_path / label).mkdir()
        (tmp_path / label / "1.png").write_bytes(b"nothing")
    assert checked(tmp_path).blocked


def test_equal_pictures_across_splits_and_within(pets: Path) -> None:
    again = scene(1)  # train/cat/0.png
    save(again, pets / "test" / "cat" / "again.png")
    again.save(pets / "train" / "cat" / "again.tif")  # the same pixels in other bytes
    save(scene(25), pets / "train" / "dog" / "copy.png")  # train/dog/0.png
    crossing, inside = by_check(checked(pets), "duplicates")
    assert crossing.severity is Severity.WARNS
    assert set(crossing.groups[0]) == {"train/cat/0.png", "train/cat/again.tif", "test/cat/again.png"}
    assert set(crossing.items) == {"train/cat/0.png", "train/cat/again.tif"}  # the test split stays whole
    assert inside.items == ("train/dog/copy.png",) and "2 with those" in inside.text()
    for found in (crossing, inside):
        apply_fix(pets, found.fixes[0])
    assert by_check(checked(pets), "duplicates") == []
    corrections = Corrections.open(pets)
    assert corrections.undo() and corrections.undo()
    assert len(by_check(checked(pets), "duplicates")) == 2


def test_conflicting_labels_go_to_the_majority(pets: Path) -> None:
    save(scene(1), pets / "train" / "cat" / "again.png")
    save(scene(1), pets / "train" / "dog" / "wrong.png")
    found = only(checked(pets), "duplicates")
    assert "cat / dog" in found.text() and set(found.items) == set(found.groups[0])
    relabel, exclude = found.fixes
    assert relabel.kind is FixKind.RELABEL and relabel.labels == {"train/dog/wrong.png": "cat"}
    assert set(exclude.items) == set(found.items)
    apply_fix(pets, relabel)
    assert only(checked(pets), "duplicates").fixes[0].kind is FixKind.EXCLUDE  # now mere copies


def recompressed(picture: Image.Image) -> Image.Image:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=60)
    return Image.open(stream)


@pytest.mark.parametrize(
    "change",
    [
        recompressed,
        lambda picture: picture.resize((64, 64), Image.Resampling.LANCZOS),
        lambda picture: ImageEnhance.Brightness(picture).enhance(0.8),
    ],
    ids=["jpeg", "resized", "darker"],
)
def test_near_copies_are_found(pets: Path, change: object) -> None:
    assert callable(change)
    copies = {}
    for number in range(6):
        name = f"train/cat/copy{number}.png"
        save(change(scene(48 + 1 + number)), pets / name)  # of the validation split's cats
        copies[name] = f"val/cat/{number}.png"
    found = only(checked(pets), "near-duplicates")
    assert {frozenset(group) for group in found.groups} == {frozenset(pair) for pair in copies.items()}
    assert set(found.items) == set(copies)


def test_a_picture_in_other_colours_is_no_copy(pets: Path) -> None:
    red, green, blue = scene(1).split()
    grey = scene(1).convert("L")
    save(Image.merge("RGB", (blue, green, red)), pets / "test" / "cat" / "swapped.png")
    save(Image.merge("RGB", (grey, grey, grey)), pets / "test" / "cat" / "grey.png")
    assert by_check(checked(pets), "near-duplicates") == []


def test_one_class_blocks_and_few_examples_warn(pets: Path, tmp_path: Path) -> None:
    save(scene(900), pets / "train" / "newt" / "0.png")
    few = by_check(checked(pets), "classes")
    assert any("newt (1)" in finding.text() for finding in few)
    assert any("24.0 times" in finding.text() for finding in few)
    balance = next(finding for finding in few if "24.0" in finding.text())
    assert balance.severity is Severity.WARNS and balance.fixes[0].settings == {"loss.balance_classes": True}
    assert all("times" not in f.text() or not f.fixes for f in by_check(checked(pets, balance_classes=True), "classes"))
    save(scene(1), tmp_path / "one" / "cat" / "1.png")
    report = checked(tmp_path / "one")
    assert report.blocked and "only one class" in report.findings[0].text()


def test_classes_of_other_splits(pets: Path) -> None:
    for number in range(3):
        save(scene(800 + number), pets / "val" / "newt" / f"{number}.png")
    found = by_check(checked(pets), "classes")
    assert [f.severity for f in found] == [Severity.BLOCKS]
    apply_fix(pets, found[0].fixes[0])
    assert by_check(checked(pets), "classes") == []


@pytest.mark.parametrize(
    ("other", "same", "severity"),
    [
        ("Cat", True, Severity.WARNS),
        ("cat_", True, Severity.WARNS),
        ("cats", True, Severity.WARNS),
        ("cow", False, None),
        ("bat", False, None),
    ],
)
def test_labels_that_mean_the_same(pets: Path, other: str, same: bool, severity: Severity | None) -> None:
    for number in range(12):
        save(scene(700 + number), pets / "train" / other / f"{number}.png")
    found = by_check(checked(pets), "label-names")
    assert bool(found) is same
    if same:
        fix = found[0].fixes[0]
        assert found[0].severity is severity and fix.labels == {other: "cat"} and found[0].items
        state = apply_fix(pets, fix)
        assert state.merged == {other: "cat"}
        assert {count.label: count.counts["train"] for count in checked(pets).classes} == {"cat": 36, "dog": 24}


@pytest.mark.parametrize(
    ("labels", "typo"),
    [
        ({"elephant": 40, "elehpant": 2}, True),
        ({"elephant": 40, "elephnt": 2}, True),
        ({"horse": 40, "house": 40}, False),
        ({"speed limit 20": 40, "speed limit 30": 2}, False),
        ({"left turn": 40, "right turn": 3}, False),
    ],
)
def test_misspelled_labels(tmp_path: Path, labels: Mapping[str, int], typo: bool) -> None:
    seed = 0
    for label, count in {"zebra": 40, **labels}.items():
        for number in range(count):
            seed += 1
            save(scene(seed, (12, 12)), tmp_path / label / f"{number}.png")
    assert bool(by_check(checked(tmp_path), "label-names")) is typo


def test_labels_that_the_recipe_does_not_know_block(pets: Path) -> None:
    layout = Layout(validation="val", labels=("Cat", "newt"))
    report = run_checks(CheckRequest(data=pets, layout=layout), SilentContext())
    found = only(report, "label-names")
    assert found.severity is Severity.BLOCKS and "dog" in found.text() and len(found.items) == 36


def film(root: Path, name: str, clips: int, frames: int) -> None:
    """Write clips whose frames drift slowly, under the names that `name` makes of clip and frame."""
    for clip in range(clips):
        begin, end = scene(5000 + clip), scene(6000 + clip)
        for frame in range(frames):
            label = "cat" if clip % 2 else "dog"
            save(Image.blend(begin, end, frame / (4 * frames)), root / label / name.format(clip=clip, frame=frame))


@pytest.mark.parametrize("name", ["clip{clip}_{frame:03}.png", "{clip:05}-frame{frame}.png", "c{clip}/{frame}.png"])
def test_frames_of_clips_are_seen_in_the_names(tmp_path: Path, name: str) -> None:
    film(tmp_path, name, clips=10, frames=8)
    request = CheckRequest(data=tmp_path, checks=("groups",))
    found = only(run_checks(request, SilentContext()), "groups")
    assert found.values["count"] == 10 and found.fixes[0].kind is FixKind.RECIPE
    pattern = str(found.fixes[0].settings["data.group_pattern"])
    assert run_checks(replace(request, group_pattern=pattern), SilentContext()).findings == ()


def test_plain_numbers_are_no_groups(tmp_path: Path) -> None:
    for number in range(80):
        save(scene(number), tmp_path / ("cat" if number % 2 else "dog") / f"img{number % 8}_{number:04}.png")
    assert by_check(run_checks(CheckRequest(data=tmp_path), SilentContext()), "groups") == []


def test_a_recipes_groups_in_two_splits(pets: Path) -> None:
    for split, numbers in (("train", (1, 2)), ("val", (3, 4))):
        for number in numbers:
            save(scene(400 + number), pets / split / "cat" / f"anna-{number}.png")
    for folder in ("train", "val", "test"):
        for path in list((pets / folder).rglob("[0-9]*.png")):
            path.rename(path.with_name(f"{folder}{path.stem}-1.png"))
    found = only(checked(pets, group_pattern=r"([a-z0-9]+)-\d"), "groups")
    assert "anna" in found.text() and found.items == ("train/cat/anna-1.png", "train/cat/anna-2.png")


def test_a_pattern_that_does_not_fit_blocks(pets: Path) -> None:
    found = only(checked(pets, group_pattern="speaker(\\d+)"), "groups")
    assert found.severity is Severity.BLOCKS and found.fixes[0].settings["data.group_pattern"] == ""
    assert only(checked(pets, group_pattern="(cat"), "groups").severity is Severity.BLOCKS


def test_sizes_and_shapes(tmp_path: Path) -> None:
    for number in range(30):
        long = number % 3 == 0
        save(scene(number, (300, 60) if long else (60, 60)), tmp_path / "ab"[number % 2] / f"{number}.png")
    save(scene(77, (12, 12)), tmp_path / "a" / "tiny.png")
    save(scene(78, (900, 900)), tmp_path / "a" / "huge.png")
    shape = Preprocessing(height=32, width=32)
    spread, long_ones = sorted(by_check(checked(tmp_path, preprocessing=shape), "sizes"), key=lambda f: f.severity)
    assert "12 x 12" in spread.text() and "900 x 900" in spread.text()
    assert "10 pictures are long" in long_ones.text() and "80 %" in long_ones.text()
    assert {fix.settings["preprocessing.fit"] for fix in long_ones.fixes} == {"pad", "squash"}
    padded = checked(tmp_path, preprocessing=replace(shape, fit="pad"))
    assert len(by_check(padded, "sizes")) == 1
    blurred = checked(tmp_path, preprocessing=Preprocessing(height=224, width=224))
    assert any("blurred" in finding.text() for finding in by_check(blurred, "sizes"))


def test_grey_pictures_that_give_the_class_away(pets: Path) -> None:
    for path in sorted((pets / "train" / "cat").iterdir())[:12]:
        Image.open(path).convert("L").save(path)
    found = only(checked(pets), "colours")
    assert found.severity is Severity.WARNS and "50 % of 'cat'" in found.text() and "0 % of 'dog'" in found.text()


def test_some_grey_pictures_are_only_told(pets: Path) -> None:
    for label in ("cat", "dog"):
        Image.open(pets / "train" / label / "1.png").convert("L").save(pets / "train" / label / "1.png")
    found = only(checked(pets), "colours")
    assert found.severity is Severity.INFO and set(found.items) == {"train/cat/1.png", "train/dog/1.png"}


def test_blank_pictures(pets: Path) -> None:
    for name, shade in (("white", 255), ("black", 3)):
        Image.new("RGB", (40, 40), (shade,) * 3).save(pets / "train" / "cat" / f"{name}.png")
    found = only(checked(pets), "blank")
    assert set(found.items) == {"train/cat/white.png", "train/cat/black.png"}
    assert by_check(checked(pets), "near-duplicates") == []


def test_strays_and_empty_folders(pets: Path) -> None:
    (pets / "train" / "notes.docx").write_bytes(b"PK")
    (pets / "train" / "cat" / "clip.mp4").write_bytes(b"x")
    (pets / "train" / ".DS_Store").write_bytes(b"x")
    (pets / "train" / "newt").mkdir()
    strays, empty = by_check(checked(pets), "strays")
    assert set(strays.items) == {"train/notes.docx", "train/cat/clip.mp4"}
    assert empty.items == ("train/newt",)


def test_a_cancel_ends_it_soon(pets: Path) -> None:
    context = RecordingContext(cancel_at=3)
    with pytest.raises(JobCancelled):
        run_checks(CheckRequest(data=pets), context)
    assert context.checks == 3


def test_findings_come_as_they_are_found(pets: Path) -> None:
    (pets / "train" / "cat" / "5.png").write_bytes(b"")
    context = RecordingContext()
    report = run_checks(CheckRequest(data=pets, layout=Layout(validation="val")), context)
    assert [partial for partial in context.partials if isinstance(partial, Finding)] == list(report.findings)
    assert context.steps[-1][0] <= context.steps[-1][1] and (72, 72) in context.steps


def test_tables_are_checked_like_folders(pets: Path) -> None:
    rows = [f"{path.relative_to(pets).as_posix()},{path.parent.name}" for path in sorted(pets.rglob("*.png"))]
    table = pets / "pets.csv"
    table.write_text("path,label\n" + "\n".join([*rows, "train/cat/gone.png,cat"]) + "\n")
    report = run_checks(CheckRequest(data=table), SilentContext())
    found = only(report, "unreadable")
    assert found.items == ("train/cat/gone.png",) and report.samples == 73
    apply_fix(table, found.fixes[0])
    assert not by_check(run_checks(CheckRequest(data=table), SilentContext()), "unreadable")


def test_nothing_labelled_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labelled images"):
        checked(tmp_path)


def test_groups_are_joined_through_chains() -> None:
    groups = join_groups(np.array([[1, 2], [5, 6], [2, 9], [9, 4]]))
    assert sorted(group.tolist() for group in groups) == [[1, 2, 4, 9], [5, 6]]


def texts(*rows: tuple[str, str, str]) -> list[TextSample]:
    return [TextSample(name=f"t.csv:{i}", text=t, label=lab, split=s) for i, (t, lab, s) in enumerate(rows, 1)]


def test_texts_with_known_faults() -> None:
    filler = [(f"A sentence about number {i}, more or less.", "good" if i % 2 else "bad", "train") for i in range(60)]
    rows = [*filler, ("", "good", "train"), ("A Sentence about number 3 -- more or less", "bad", "train")]
    rows += [("A sentence about number 4, more or less.", "bad", "test"), ("wei\ufffdrd words", "good", "train")]
    rows += [("word " * 900, "good", "train")]
    found = {(finding.check, finding.severity): finding for finding in check_texts(texts(*rows))}
    assert found["text-empty", Severity.WARNS].items == ("t.csv:61",)
    assert found["text-encoding", Severity.WARNS].items == ("t.csv:64",)
    assert found["text-lengths", Severity.INFO].items == ("t.csv:65",)
    copies = [f for f in check_texts(texts(*rows)) if f.check == "text-duplicates"]
    assert {f.groups for f in copies} == {(("t.csv:4", "t.csv:62"),), (("t.csv:5", "t.csv:63"),)}


def test_texts_of_one_class_block() -> None:
    assert next(iter(check_texts(texts(("a", "x", "train"), ("b", "x", "train"))))).severity is Severity.BLOCKS


@pytest.fixture(scope="session")
def unpacked(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("real")
    script = shared_data / "unpack.py"
    if not script.is_file():
        pytest.skip("the real sets cannot be unpacked here")
    command = [sys.executable, str(script), "gtsrb", "mnist", "--to", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


@pytest.mark.timeout(300)
def test_tracks_of_traffic_signs_are_found(unpacked: Path, shared_data: Path) -> None:
    request = CheckRequest(data=unpacked / "gtsrb", checks=("groups",))
    nameless = only(run_checks(request, SilentContext()), "groups")
    assert "follow each other" in nameless.text()
    table = next(shared_data.glob("gtsrb/**/names.txt"), None)
    if table is None:
        pytest.skip("the original names are not here")
    shutil.copy(table, unpacked / "gtsrb" / "train" / "names.txt")
    found = only(run_checks(request, SilentContext()), "groups")
    assert found.fixes[0].settings["data.group_table"] == "names.txt"
    assert found.values["count"] == pytest.approx(1307, rel=0.02)


@pytest.mark.timeout(300)
def test_digits_raise_no_flood_of_false_alarms(unpacked: Path) -> None:
    request = CheckRequest(data=unpacked / "mnist", layout=Layout(train="t10k", test="none"))
    report = run_checks(replace(request, preprocessing=Preprocessing(channels=1)), SilentContext())
    assert report.samples == 10_000
    assert {finding.check for finding in report.findings} <= {"near-duplicates"}
    assert sum(len(finding.items) for finding in report.findings) <= 20
