"""Words for what a card says in codes. GUI thread only."""

from __future__ import annotations

from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.card import Measured, ModelCard
from deepstudio.models.library import ModelEntry
from deepstudio.ui.text import translate_sentence

TASKS = {
    "image-classification": QT_TRANSLATE_NOOP("cards", "Pictures"),
    "image-text": QT_TRANSLATE_NOOP("cards", "Pictures and words"),
}
METRICS = {
    "accuracy": QT_TRANSLATE_NOOP("cards", "Accuracy"),
    "balanced_accuracy": QT_TRANSLATE_NOOP("cards", "Balanced accuracy"),
    "macro_f1": QT_TRANSLATE_NOOP("cards", "Macro F1"),
    "precision": QT_TRANSLATE_NOOP("cards", "Precision"),
    "recall": QT_TRANSLATE_NOOP("cards", "Recall"),
    "ece": QT_TRANSLATE_NOOP("cards", "Calibration error"),
    "accuracy_unseen_phrases": QT_TRANSLATE_NOOP("cards", "Accuracy by words never learnt from"),
    "accuracy_held_out_among_all": QT_TRANSLATE_NOOP("cards", "Classes never learnt from, among all"),
    "accuracy_held_out_alone": QT_TRANSLATE_NOOP("cards", "Classes never learnt from, among themselves"),
    "one_shot_5_way": QT_TRANSLATE_NOOP("cards", "Five new classes by one example each"),
    "five_shot_5_way": QT_TRANSLATE_NOOP("cards", "Five new classes by five examples each"),
    "entity_f1": QT_TRANSLATE_NOOP("cards", "F1 of names"),
    "entity_precision": QT_TRANSLATE_NOOP("cards", "Precision of names"),
    "entity_recall": QT_TRANSLATE_NOOP("cards", "Recall of names"),
    "bleu": QT_TRANSLATE_NOOP("cards", "BLEU"),
    "chrf": QT_TRANSLATE_NOOP("cards", "chrF"),
    "rouge_l": QT_TRANSLATE_NOOP("cards", "ROUGE-L"),
    "rouge_l_lead": QT_TRANSLATE_NOOP("cards", "ROUGE-L of the first words"),
    "perplexity": QT_TRANSLATE_NOOP("cards", "Perplexity by word"),
    "token_perplexity": QT_TRANSLATE_NOOP("cards", "Perplexity by token"),
    "analogy_accuracy": QT_TRANSLATE_NOOP("cards", "Analogies completed"),
    "rejected": QT_TRANSLATE_NOOP("cards", "Answered “none of these”"),
}
SPLITS = {
    "test": QT_TRANSLATE_NOOP("cards", "test"),
    "validation": QT_TRANSLATE_NOOP("cards", "validation"),
    "train": QT_TRANSLATE_NOOP("cards", "training"),
    "other things": QT_TRANSLATE_NOOP("cards", "other things"),
}


def metric_title(name: str) -> str:
    """Return the words for a metric; its code made readable where there are none."""
    return translate_sentence(METRICS[name], "cards") if name in METRICS else name.replace("_", " ").capitalize()


def metric_value(measured: Measured) -> str:
    """Return a value for people: shares in percent, others with four digits."""
    if 0.0 <= measured.value <= 1.0:
        return f"{100 * measured.value:.2f} %"
    return f"{measured.value:.4g}"


def headline(card: ModelCard) -> Measured | None:
    """Return the figure that says most: accuracy, else the first one."""
    return card.figure("accuracy") or (card.metrics[0] if card.metrics else None)


def title_of(entry: ModelEntry) -> str:
    """Return the model's title, its file's name where the card cannot be read."""
    return translate_sentence(entry.card.title, "cards") if entry.card is not None else entry.name


def task_of(card: ModelCard) -> str:
    """Return the words for a card's task."""
    return translate_sentence(TASKS[card.task], "cards") if card.task in TASKS else card.task


def count_text(number: int) -> str:
    """Return a large count for people, such as "2.0 M"."""
    if number >= 1_000_000:
        return f"{number / 1e6:.1f} M"
    return f"{number / 1e3:.0f} k" if number >= 10_000 else str(number)


def training_command(card: ModelCard) -> str:
    """Return the command that trains the model again, "" where no recipe is known by name."""
    name = card.recipe.get("name", card.name)
    return f"deepstudio train resources/recipes/{name}.toml --data DIR" if card.recipe else ""
