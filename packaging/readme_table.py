"""Writes the table of shipped models in README.md from their cards: `python packaging/readme_table.py`.

The figures are those that training and evaluation wrote on the cards; tests/unit/test_readme.py compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.modelfile import read_card

ROOT = Path(__file__).resolve().parent.parent
BEGIN = "<!-- models: written by packaging/readme_table.py -->\n"
END = "<!-- end of models -->\n"

# How a figure is written; what is not named here is a share of one, shown in percent.
_PLAIN = {
    "temperature": "{:.2f}",
    "seconds": "{:.0f} s",
    "perplexity": "{:.1f}",
    "loss": "{:.3f}",
    "bleu": "{:.1f}",
    "chrf": "{:.1f}",
    "character_bleu": "{:.1f}",
    "character_chrf": "{:.1f}",
    "real_time_factor": "{:.2f}",
}
_NAMES = {
    "ece": "calibration error",
    "auroc": "area under the curve",
    "f1": "F1",
    "macro_f1": "macro F1",
    "entity_f1": "entity F1",
    "bleu": "BLEU",
    "chrf": "chrF",
    "character_bleu": "BLEU by characters",
    "rouge_l": "ROUGE-L",
    "wer": "word error rate",
    "rouge_l_lead": "its first words alone",
    "cer": "character error rate",
    "unknown_words": "unknown words",
    "rejected": '"none of these"',
    "one_shot_5_way": "told apart by one example, 5 unseen kinds",
    "five_shot_5_way": "by five",
}
_LEFT_TO_THE_CARD = {
    "macro_f1",
    "entity_precision",
    "entity_recall",
    "loss",
    "temperature",
    "token_perplexity",
    "wer_first_pass",
    "accuracy_unseen_phrases",
}
"""Figures that say much the same as the one before them, or need more words than a table has."""


def model_table(folder: Path) -> str:
    """Return the Markdown table of all models in `folder`, by name."""
    lines = [
        "| model | knows | network | measured, with `deepstudio evaluate MODEL --data DIR` | trained by |",
        "|---|---|---|---|---|",
    ]
    for path in sorted(folder.glob("*.safetensors")):
        lines.append(_row(read_card(path)))
    return "\n".join(lines) + "\n"


def _row(card: ModelCard) -> str:
    title = f"`{card.name}`: {card.title}"
    if card.warning:
        title += f"<br>**{card.warning}**"
    cells = (
        title,
        f"{len(card.labels)} classes" if card.labels else card.task.replace("-", " "),
        card.architecture + (f", {_count(card.parameters)}" if card.parameters else ""),
        "<br>".join(_measured(_chosen(card.metrics))),
        f"`deepstudio train resources/recipes/{card.name}.toml --data DIR`",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _chosen(metrics: Sequence[Measured]) -> list[Measured]:
    """Return the figures on data that nothing was chosen by, where there are such, and on real other things."""
    split = "test" if any(item.split == "test" for item in metrics) else "validation"
    tests = [item for item in metrics if item.split == split]
    others = [item for item in metrics if item.split == "other things" and "/" in item.data]  # a folder of a real set
    return [item for item in [*tests, *others] if item.name not in _LEFT_TO_THE_CARD]


def _measured(metrics: Iterable[Measured]) -> list[str]:
    """Return one line for each set of examples that figures were measured on."""
    lines = []
    for (data, split, examples), figures in groupby(metrics, key=lambda item: (item.data, item.split, item.examples)):
        lines.append(f"{data} {split}, {examples:,}: " + ", ".join(_figure(item) for item in figures))
    return lines


def _figure(item: Measured) -> str:
    name = _NAMES.get(item.name, item.name.replace("_", " "))
    return f"{name} " + (_PLAIN[item.name].format(item.value) if item.name in _PLAIN else f"{100 * item.value:.2f} %")


def _count(parameters: int) -> str:
    return f"{parameters / 1e6:.2f} M" if parameters >= 100_000 else f"{parameters:,}"


def with_table(readme: str, table: str) -> str:
    """Return `readme` with what lies between the two marks replaced by `table`."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + table + END + after


if __name__ == "__main__":
    file = ROOT / "README.md"
    file.write_text(
        with_table(file.read_text(encoding="utf-8"), model_table(ROOT / "resources" / "models")), encoding="utf-8"
    )
