"""Pre-flight checks of a recipe on texts: its files as it would read them. Torch-free, in the lane for files."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from deepstudio.core.job import JobContext
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.checks import CheckReport, ClassCount, Finding, Severity
from deepstudio.data.checks.run import worst_first
from deepstudio.data.checks.texts import TextSample, check_texts, leave_out
from deepstudio.data.text.conll import TaggedSentence, read_conll
from deepstudio.data.text.encodings import read_text
from deepstudio.data.text.examples import read_rows
from deepstudio.data.text.folders import text_files
from deepstudio.data.text.rows import RowCorrections, full_name, short_name
from deepstudio.data.text.tables import read_table, texts_of
from deepstudio.train.text.files import columns_of, find_file
from deepstudio.train.text.recipe import TextRecipe

_LITTLE = {"tagging": 100, "translation": 500, "summarisation": 500}
_LITTLE_PROSE = 200
_CHECKED_EVERY = 1000
_UNEVEN = 4.0
_SHORT_WORDS = 12


def check_text_data(recipe: TextRecipe, data: Path, context: JobContext, only: tuple[str, ...] = ()) -> CheckReport:
    """Return all findings, worst first; each is also sent as it is found. Raises InputError for missing files."""
    started = time.perf_counter()
    context.status(QT_TRANSLATE_NOOP("status", "Reading the data"))
    samples = list(text_samples(recipe, data, context))
    findings: list[Finding] = []
    for finding in _findings(recipe, data, samples, context):
        context.check()
        if not only or finding.check in only:
            findings.append(finding)
            context.partial(finding)
    counts: dict[str, dict[str, int]] = {}
    for sample in samples:
        by_split = counts.setdefault(sample.label, {})
        by_split[sample.split] = by_split.get(sample.split, 0) + 1
    return CheckReport(
        findings=worst_first(findings),
        classes=tuple(ClassCount(label=label, counts=counts[label]) for label in sorted(counts) if label),
        samples=len(samples),
        excluded=0,
        seconds=time.perf_counter() - started,
        words=_usual_words([sample.text for sample in samples]),
    )


def _usual_words(texts: Sequence[str]) -> int:
    """Return how many words nine of ten texts have at most, from an even part of them."""
    counts = sorted(len(text.split()) for text in texts[:: -(-len(texts) // _CHECKED_EVERY)]) if texts else []
    return counts[len(counts) * 9 // 10] if counts else 0


def text_samples(recipe: TextRecipe, data: Path, context: JobContext) -> Iterator[TextSample]:
    """Yield every text that the recipe reads, as corrected, by the names that corrections at `data` know."""
    config = recipe.data
    seen: set[Path] = set()
    for split, names in (("train", config.train), ("validation", config.validation), ("test", config.test)):
        for name in names:
            context.check()
            path = find_file(name.split("|")[0], config, data)
            if path in seen:  # a file named instead of a folder stands for the training data alone
                continue
            seen.add(path)
            for number, (full, text, label) in enumerate(_rows(recipe, path)):
                if number % _CHECKED_EVERY == 0:
                    context.check()
                yield TextSample(name=short_name(full, data), text=text, label=label, split=split)


def _rows(recipe: TextRecipe, path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, text and label of the rows of a file, or of the files of a folder."""
    config = recipe.data
    if recipe.task == "text-classification":
        yield from ((row.name, row.text, row.label) for row in read_rows(path, columns_of(config)))
    elif path.is_dir():
        for file in text_files(path):
            yield from _rows(recipe, file)
    else:
        view = RowCorrections(path)
        for number, text in enumerate(_texts(recipe, path), 1):
            if text is not None and view.keeps(number):
                yield full_name(path, number), text, ""


def _texts(recipe: TextRecipe, path: Path) -> Iterator[str | None]:
    """Yield the text of each row; None for one that is no text, such as an empty line of prose."""
    config = recipe.data
    if recipe.task == "tagging":
        yield from (" ".join(one.words) for one in read_conll(path))
    elif _is_prose(recipe):
        yield from (line if line.strip() else None for line in read_text(path).text.split("\n"))
    elif any(path.name == Path(name.split("|")[0]).name for name in config.train + config.test if "|" in name):
        yield from read_text(path).text.rstrip("\n").split("\n")
    else:
        table = read_table(path, config.header)
        wanted = config.text_columns or table.columns[:1]
        yield from texts_of(table, wanted)


def _findings(recipe: TextRecipe, data: Path, samples: list[TextSample], context: JobContext) -> Iterator[Finding]:
    labelled = recipe.task == "text-classification"
    if _is_prose(recipe):  # lines of prose repeat, and are short
        yield from _amount(recipe, samples)
        return
    yield from check_texts(samples, labelled=labelled, balanced=recipe.loss.balance_classes)
    if recipe.task == "tagging":
        yield from _tags(recipe, data)
    if recipe.task in ("translation", "summarisation"):
        yield from _pairs(recipe, data)
    if not labelled:
        yield from _amount(recipe, samples)


def _is_prose(recipe: TextRecipe) -> bool:
    return recipe.task not in ("text-classification", "tagging", "translation", "summarisation")


def _amount(recipe: TextRecipe, samples: list[TextSample]) -> Iterator[Finding]:
    count = sum(sample.split == "train" and bool(sample.text.strip()) for sample in samples)
    if count < 2:
        yield Finding(
            check="text-amount",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP("checks", "There is too little text to learn from."),
        )
    elif count < _LITTLE.get(recipe.task, _LITTLE_PROSE):
        yield Finding(
            check="text-amount",
            severity=Severity.WARNS,
            sentence=QT_TRANSLATE_NOOP("checks", "Very few texts for this task, so do not expect much: {count}."),
            values={"count": count},
        )


def _tags(recipe: TextRecipe, data: Path) -> Iterator[Finding]:
    """Yield sentences whose tags cannot be: I-x that follows neither B-x nor I-x."""
    wrong: list[str] = []
    kinds: set[str] = set()
    for name in (*recipe.data.train, *recipe.data.validation, *recipe.data.test):
        path = find_file(name, recipe.data, data)
        view = RowCorrections(path)
        for number, sentence in enumerate(read_conll(path), 1):
            kinds.update(tag[2:] for tag in sentence.tags if tag != "O")
            if not _possible(sentence) and view.keeps(number):
                wrong.append(short_name(full_name(path, number), data))
    if not kinds:
        yield Finding(
            check="classes",
            severity=Severity.BLOCKS,
            sentence=QT_TRANSLATE_NOOP("checks", "Every word has the tag O: there is nothing to mark."),
        )
    if wrong:
        yield Finding(
            check="text-tags",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "Sentences with a tag I- where nothing was begun by B-: {count}."),
            values={"count": len(wrong)},
            items=tuple(wrong),
            fixes=leave_out(wrong),
        )


def _possible(sentence: TaggedSentence) -> bool:
    before = "O"
    for tag in sentence.tags:
        if tag.startswith("I-") and before[2:] != tag[2:]:
            return False
        before = tag
    return True


def _pairs(recipe: TextRecipe, data: Path) -> Iterator[Finding]:
    """Yield pairs of which one side is many times as long as the other: most are misaligned."""
    odd: list[tuple[float, str]] = []
    for name in recipe.data.train:
        left, bar, right = name.partition("|")
        path = find_file(left, recipe.data, data)
        if bar:
            other = find_file(right, recipe.data, data)
            sides = [read_text(file).text.rstrip("\n").split("\n") for file in (path, other)]
        else:
            table = read_table(path, recipe.data.header)
            target = recipe.data.target_column if recipe.data.target_column in table.columns else table.columns[-1]
            sides = [texts_of(table, recipe.data.text_columns or table.columns[:1]), table.column(target)]
        view = RowCorrections(path)
        for number, (a, b) in enumerate(zip(*sides, strict=False), 1):
            longer, shorter = max(len(a), len(b)), max(min(len(a), len(b)), 1)
            words = max(len(a.split()), len(b.split()))
            if words > _SHORT_WORDS and longer / shorter > _UNEVEN and a.strip() and b.strip() and view.keeps(number):
                odd.append((longer / shorter, short_name(full_name(path, number), data)))
    if odd and recipe.task == "translation":
        items = tuple(name for _ratio, name in sorted(odd, reverse=True))
        yield Finding(
            check="text-pairs",
            severity=Severity.INFO,
            sentence=QT_TRANSLATE_NOOP("checks", "In {count} pairs one side is more than {ratio:g} times the other."),
            values={"count": len(items), "ratio": _UNEVEN},
            items=items,
            fixes=leave_out(items),
        )
