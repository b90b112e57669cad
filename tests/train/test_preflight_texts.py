"""Checks of texts and recordings before training, and the ways to mend what they find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from deepstudio.data.checks import CheckReport, Finding, FixKind, Severity
from deepstudio.data.checks.finding import apply_fix
from deepstudio.train.preflight import PreflightRequest, check_titles, run_preflight
from deepstudio.train.propose_data import ProposeData, propose_for_data
from tests.helpers.contexts import RecordingContext
from tests.helpers.text_sets import (
    GOOD,
    labelled,
    write_conll,
    write_librispeech,
    write_pairs,
    write_sound,
    write_word_folders,
)


def check(data: Path) -> CheckReport:
    recipe = propose_for_data(ProposeData(data=data), RecordingContext()).recipe
    context = RecordingContext()
    report = run_preflight(PreflightRequest(recipe=recipe, data=data), context)
    assert sorted(map(repr, context.partials)) == sorted(map(repr, report.findings))
    assert {finding.check for finding in report.findings} <= set(check_titles())
    return report


def about(report: CheckReport, words: str) -> Finding:
    found = [finding for finding in report.findings if words in finding.text()]
    assert len(found) == 1, [finding.text() for finding in report.findings]
    return found[0]


def write_rows(path: Path, rows: list[tuple[str, str]]) -> Path:
    path.write_text("text,label\n" + "".join(f'"{text}",{label}\n' for text, label in rows), encoding="utf-8")
    return path


def fixes(finding: Finding) -> Iterator[FixKind]:
    return (fix.kind for fix in finding.fixes)


def test_every_finding_of_a_bad_table_can_be_mended(tmp_path: Path) -> None:
    rows = [*labelled(60), ("", "good"), ("no label", ""), ("same text", "good"), ("Same text!", "bad")]
    rows += [("again", "good")] * 3 + [("misspelt", "godo")] + [("x", "good"), ("word " * 900, "bad")]
    table = write_rows(tmp_path / "a.csv", rows)
    report = check(table)
    mended = ("Empty texts", "different labels", "occur again", "may mean the same", "a letter or two", "Very long")
    for words in mended:
        fix = next(fix for fix in about(report, words).fixes if fix.kind is not FixKind.RECIPE)
        apply_fix(table, fix)
    assert about(report, "without a label").text().startswith("Samples without a label: 1 of ")
    after = [finding.text() for finding in check(table).findings]
    assert not any(words in text for text in after for words in mended), after


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (lambda path: write_rows(path, labelled(60)), "a.csv", "batches of 16 takes"),
        (write_conll, "a.conll", "takes about"),
        (write_pairs, "pairs", "takes about"),
        (lambda path: path.write_text("It was a day.\n" * 300) and path, "a.txt", "takes about"),
        (write_word_folders, "words", "takes about"),
        (write_librispeech, "libri", "seconds of sound takes about"),
    ],
)
def test_what_a_step_takes_of_memory_is_said(make: Any, name: str, words: str, tmp_path: Path) -> None:
    finding = about(check(make(tmp_path / name)), words)
    assert finding.severity is Severity.INFO and "MB of memory" in finding.text()


def test_memory_that_is_not_there_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = psutil.virtual_memory()._replace(available=1_000)
    monkeypatch.setattr("psutil.virtual_memory", lambda: memory)
    monkeypatch.setattr("deepstudio.core.device.describe_device", lambda device: SimpleNamespace(memory_free=0))
    report = check(write_librispeech(tmp_path / "libri"))
    assert report.blocked and "while they are learnt from" in about(report, "The recordings need").text()
    (fix,) = about(report, "seconds of sound").fixes
    assert fix.kind is FixKind.RECIPE and set(fix.settings) == {"batch_seconds", "optimizer.lr"}


def test_one_class_blocks_and_so_does_the_wrong_column(tmp_path: Path) -> None:
    one = check(write_rows(tmp_path / "a.csv", [(f"{GOOD[0]} {n}", "good") for n in range(20)]))
    assert one.blocked and "only one class" in one.findings[0].text()
    wrong = check(write_rows(tmp_path / "b.csv", [(f"text {n}", f"label {n}") for n in range(60)]))
    assert wrong.blocked and "different labels" in wrong.findings[0].text()
    numbers = check(write_rows(tmp_path / "c.csv", [(f"{n * 37}.5", "ab"[n % 2]) for n in range(60)]))
    assert "no letters" in about(numbers, "no letters").text()


def test_texts_in_two_splits_are_left_out_of_training(tmp_path: Path) -> None:
    rows = labelled(40)
    write_rows(tmp_path / "train.csv", rows)
    write_rows(tmp_path / "test.csv", [*rows[:3], ("something else", "good"), ("or other", "bad")])
    finding = about(check(tmp_path), "more than one split")
    assert finding.values["count"] == 3 and {name.split("#")[0] for name in finding.fixes[0].items} == {"train.csv"}
    apply_fix(tmp_path, finding.fixes[0])
    assert not any("more than one split" in found.text() for found in check(tmp_path).findings)


def test_out_of_balance_weighs_rare_classes(tmp_path: Path) -> None:
    rows = [(f"fine {n}", "good") for n in range(60)] + [(f"poor {n}", "bad") for n in range(12)]
    finding = about(check(write_rows(tmp_path / "a.csv", rows)), "out of balance")
    assert finding.fixes[0].settings == {"loss.balance_classes": True}


def test_tags_and_pairs(tmp_path: Path) -> None:
    conll = write_conll(tmp_path / "a.conll")
    conll.write_text("Anna\tI-PER\nslept\tO\n\n" + conll.read_text(encoding="utf-8"), encoding="utf-8")
    assert about(check(conll), "nothing was begun").items == ("a.conll#1",)
    nothing = tmp_path / "b.conll"
    nothing.write_text("a\tO\nb\tO\n\n" * 20, encoding="utf-8")
    assert check(nothing).blocked
    pairs = write_pairs(tmp_path / "pairs")
    long = " ".join(["word"] * 30)
    for name, line in (("train.en", long), ("train.de", "kurz")):
        path = pairs / name
        path.write_text(f"{line}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert about(check(pairs), "one side").items == ("train.en#1",)


def test_recordings_are_listened_to(tmp_path: Path) -> None:
    root = write_word_folders(tmp_path / "words", 12)
    (root / "left" / "broken.wav").write_bytes(b"RIFF no sound")
    first = next(iter(sorted((root / "left").glob("*_0.wav"))))
    (root / "left" / "copy_nohash_9.wav").write_bytes(first.read_bytes())
    write_sound(root / "left" / "0132a06d_nohash_20.wav", 0.0, seconds=0.02)
    write_sound(root / "right" / "0132a06d_nohash_21.wav", 440.0, rate=8000)
    report = check(root)
    unreadable = about(report, "cannot be read")
    assert unreadable.severity is Severity.BLOCKS and unreadable.items == ("left/broken.wav",)
    assert report.blocked
    for words in ("cannot be read", "occur", "shorter", "sample rates"):
        assert FixKind.EXCLUDE in fixes(about(report, words)), words
    for words in ("cannot be read", "shorter", "sample rates"):
        apply_fix(root, next(fix for fix in about(report, words).fixes if fix.kind is FixKind.EXCLUDE))
    after = check(root)
    assert not after.blocked and not any("sample rates" in found.text() for found in after.findings)


def test_leaking_speakers_are_told(tmp_path: Path) -> None:
    for split in ("train", "test"):
        write_word_folders(tmp_path / split, 6)
    finding = about(check(tmp_path), "Speakers who are heard")
    assert finding.values["count"] in (1, 2)
