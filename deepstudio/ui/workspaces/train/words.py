"""Names of settings, choices, groups, tasks and networks for people: marked here, translated where they are shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from deepstudio.core.words import QT_TRANSLATE_NOOP, Phrase
from deepstudio.ui.text import translate_sentence

GROUPS = {
    "general": QT_TRANSLATE_NOOP("settings", "General"),
    "training": QT_TRANSLATE_NOOP("settings", "Training"),
    "network.config": QT_TRANSLATE_NOOP("settings", "Network"),
    "network": QT_TRANSLATE_NOOP("settings", "Network"),
    "optimizer": QT_TRANSLATE_NOOP("settings", "Optimiser"),
    "schedule": QT_TRANSLATE_NOOP("settings", "Learning rate over time"),
    "loss": QT_TRANSLATE_NOOP("settings", "Loss"),
    "augment": QT_TRANSLATE_NOOP("settings", "Changes to the pictures"),
    "preprocessing": QT_TRANSLATE_NOOP("settings", "Size and colours of pictures"),
    "data": QT_TRANSLATE_NOOP("settings", "Data and splits"),
    "outliers": QT_TRANSLATE_NOOP("settings", "Learning from other things"),
    "text": QT_TRANSLATE_NOOP("settings", "Text"),
    "tokenizer": QT_TRANSLATE_NOOP("settings", "Tokens"),
    "speech": QT_TRANSLATE_NOOP("settings", "Sound"),
    "features": QT_TRANSLATE_NOOP("settings", "Sound features"),
}
TITLES = {
    "activation": QT_TRANSLATE_NOOP("settings", "Activation"),
    "balance_classes": QT_TRANSLATE_NOOP("settings", "Balance classes"),
    "batch_norm": QT_TRANSLATE_NOOP("settings", "Batch norm"),
    "batch_size": QT_TRANSLATE_NOOP("settings", "Batch size"),
    "betas": QT_TRANSLATE_NOOP("settings", "Betas"),
    "brightness": QT_TRANSLATE_NOOP("settings", "Brightness"),
    "channels": QT_TRANSLATE_NOOP("settings", "Colours"),
    "channels_last": QT_TRANSLATE_NOOP("settings", "Channels last"),
    "checkpoint_every": QT_TRANSLATE_NOOP("settings", "Checkpoint every"),
    "clip_norm": QT_TRANSLATE_NOOP("settings", "Longest gradient"),
    "compile": QT_TRANSLATE_NOOP("settings", "Compile"),
    "contrast": QT_TRANSLATE_NOOP("settings", "Contrast"),
    "conv_dropout": QT_TRANSLATE_NOOP("settings", "Dropout after pooling"),
    "count": QT_TRANSLATE_NOOP("settings", "Pictures of each kind"),
    "cutout": QT_TRANSLATE_NOOP("settings", "Blank square"),
    "depth": QT_TRANSLATE_NOOP("settings", "Depth"),
    "dropout": QT_TRANSLATE_NOOP("settings", "Dropout"),
    "ema": QT_TRANSLATE_NOOP("settings", "Average of weights"),
    "end": QT_TRANSLATE_NOOP("settings", "Share at the end"),
    "epochs": QT_TRANSLATE_NOOP("settings", "Epochs"),
    "fit": QT_TRANSLATE_NOOP("settings", "Fitting"),
    "flip": QT_TRANSLATE_NOOP("settings", "Mirroring"),
    "folders": QT_TRANSLATE_NOOP("settings", "Other image sets"),
    "folder": QT_TRANSLATE_NOOP("settings", "Folder of the set"),
    "from_epoch": QT_TRANSLATE_NOOP("settings", "Shown from epoch"),
    "group_pattern": QT_TRANSLATE_NOOP("settings", "Group pattern"),
    "group_table": QT_TRANSLATE_NOOP("settings", "Group table"),
    "height": QT_TRANSLATE_NOOP("settings", "Height"),
    "keep": QT_TRANSLATE_NOOP("settings", "Weights to keep"),
    "kinds": QT_TRANSLATE_NOOP("settings", "Drawn kinds"),
    "l1": QT_TRANSLATE_NOOP("settings", "L1 penalty"),
    "l2": QT_TRANSLATE_NOOP("settings", "Weight decay"),
    "label_smoothing": QT_TRANSLATE_NOOP("settings", "Label smoothing"),
    "logit_scale": QT_TRANSLATE_NOOP("settings", "Scale of the logits"),
    "lr": QT_TRANSLATE_NOOP("settings", "Learning rate"),
    "mean": QT_TRANSLATE_NOOP("settings", "Mean of the colours"),
    "min_improvement": QT_TRANSLATE_NOOP("settings", "Smallest improvement"),
    "mirror": QT_TRANSLATE_NOOP("settings", "Look at the mirror image too"),
    "momentum": QT_TRANSLATE_NOOP("settings", "Momentum"),
    "name": QT_TRANSLATE_NOOP("settings", "Kind"),
    "nesterov": QT_TRANSLATE_NOOP("settings", "Nesterov"),
    "noise": QT_TRANSLATE_NOOP("settings", "Noise"),
    "norm_bias_lr": QT_TRANSLATE_NOOP("settings", "Rate of norm biases"),
    "norm_momentum": QT_TRANSLATE_NOOP("settings", "Momentum of norms"),
    "on_nan": QT_TRANSLATE_NOOP("settings", "If the loss is no number"),
    "outlier_limit": QT_TRANSLATE_NOOP("settings", "Most pictures of other things"),
    "outliers": QT_TRANSLATE_NOOP("settings", "Pictures of other things"),
    "padding": QT_TRANSLATE_NOOP("settings", "Edges"),
    "patience": QT_TRANSLATE_NOOP("settings", "Patience"),
    "patience_metric": QT_TRANSLATE_NOOP("settings", "Patience looks at"),
    "precision": QT_TRANSLATE_NOOP("settings", "Arithmetic"),
    "probe_every": QT_TRANSLATE_NOOP("settings", "Histograms every"),
    "rejection": QT_TRANSLATE_NOOP("settings", "“None of these”"),
    "resize_to": QT_TRANSLATE_NOOP("settings", "Shorter side before cropping"),
    "restart_again_at": QT_TRANSLATE_NOOP("settings", "Later restarts"),
    "restart_at": QT_TRANSLATE_NOOP("settings", "Restart at"),
    "restart_share": QT_TRANSLATE_NOOP("settings", "Restart share"),
    "rotate": QT_TRANSLATE_NOOP("settings", "Turning"),
    "scale": QT_TRANSLATE_NOOP("settings", "Scaling"),
    "seed": QT_TRANSLATE_NOOP("settings", "Seed"),
    "share": QT_TRANSLATE_NOOP("settings", "Share of a batch"),
    "shear": QT_TRANSLATE_NOOP("settings", "Slant"),
    "shift": QT_TRANSLATE_NOOP("settings", "Look at moved pictures too"),
    "split_seed": QT_TRANSLATE_NOOP("settings", "Seed of the split"),
    "start": QT_TRANSLATE_NOOP("settings", "Share at the start"),
    "std": QT_TRANSLATE_NOOP("settings", "Spread of the colours"),
    "step_epochs": QT_TRANSLATE_NOOP("settings", "Epochs between drops"),
    "step_factor": QT_TRANSLATE_NOOP("settings", "Factor of a drop"),
    "test": QT_TRANSLATE_NOOP("settings", "Test split"),
    "train": QT_TRANSLATE_NOOP("settings", "Training split"),
    "translate": QT_TRANSLATE_NOOP("settings", "Shifting"),
    "validation": QT_TRANSLATE_NOOP("settings", "Validation split"),
    "validation_share": QT_TRANSLATE_NOOP("settings", "Held out for validation"),
    "warmup": QT_TRANSLATE_NOOP("settings", "Warm-up"),
    "weight": QT_TRANSLATE_NOOP("settings", "Weight"),
    "width": QT_TRANSLATE_NOOP("settings", "Width"),
    "widths": QT_TRANSLATE_NOOP("settings", "Channels"),
}
CHOICES = {
    "none": QT_TRANSLATE_NOOP("settings", "None"),
    "random": QT_TRANSLATE_NOOP("settings", "At random"),
    "alternate": QT_TRANSLATE_NOOP("settings", "In turn"),
    "crop": QT_TRANSLATE_NOOP("settings", "Crop"),
    "squash": QT_TRANSLATE_NOOP("settings", "Squash"),
    "pad": QT_TRANSLATE_NOOP("settings", "Pad"),
    "digit": QT_TRANSLATE_NOOP("settings", "As a written digit"),
    "last": QT_TRANSLATE_NOOP("settings", "The last"),
    "best": QT_TRANSLATE_NOOP("settings", "The best"),
    "auto": QT_TRANSLATE_NOOP("settings", "Automatic"),
    "constant": QT_TRANSLATE_NOOP("settings", "Constant"),
    "step": QT_TRANSLATE_NOOP("settings", "In steps"),
    "cosine": QT_TRANSLATE_NOOP("settings", "Cosine"),
    "one-cycle": QT_TRANSLATE_NOOP("settings", "One cycle"),
    "cross-entropy": QT_TRANSLATE_NOOP("settings", "Cross-entropy"),
    "binary-cross-entropy": QT_TRANSLATE_NOOP("settings", "Binary cross-entropy"),
    "mean-squared-error": QT_TRANSLATE_NOOP("settings", "Mean squared error"),
    "score": QT_TRANSLATE_NOOP("settings", "Score"),
    "validation_loss": QT_TRANSLATE_NOOP("settings", "Validation loss"),
    "stop": QT_TRANSLATE_NOOP("settings", "Stop"),
    "go-on": QT_TRANSLATE_NOOP("settings", "Go on"),
    "valid": QT_TRANSLATE_NOOP("settings", "Leave out"),
    "same": QT_TRANSLATE_NOOP("settings", "Fill with zeros"),
}
SPLITS = {
    "train": QT_TRANSLATE_NOOP("TrainWords", "Training"),
    "validation": QT_TRANSLATE_NOOP("TrainWords", "Validation"),
    "test": QT_TRANSLATE_NOOP("TrainWords", "Test"),
}
TASKS = {
    "image-classification": (
        QT_TRANSLATE_NOOP("tasks", "Sort pictures into classes"),
        QT_TRANSLATE_NOOP("tasks", "Each picture gets one of your labels."),
    ),
    "image-text": (
        QT_TRANSLATE_NOOP("tasks", "Pictures and words in one space"),
        QT_TRANSLATE_NOOP("tasks", "Labels may be typed or shown by example afterwards."),
    ),
    "text-classification": (
        QT_TRANSLATE_NOOP("tasks", "Sort texts into classes"),
        QT_TRANSLATE_NOOP("tasks", "Each text gets one of your labels, such as good or bad."),
    ),
    "tagging": (
        QT_TRANSLATE_NOOP("tasks", "Mark words in texts"),
        QT_TRANSLATE_NOOP("tasks", "Each word gets a tag, such as person or place."),
    ),
    "translation": (
        QT_TRANSLATE_NOOP("tasks", "Translate"),
        QT_TRANSLATE_NOOP("tasks", "Learns from pairs of sentences."),
    ),
    "summarisation": (
        QT_TRANSLATE_NOOP("tasks", "Summarise"),
        QT_TRANSLATE_NOOP("tasks", "Learns from texts and their short forms."),
    ),
    "language-model": (
        QT_TRANSLATE_NOOP("tasks", "Write texts"),
        QT_TRANSLATE_NOOP("tasks", "Learns to go on writing in the manner of your texts."),
    ),
    "word-vectors": (
        QT_TRANSLATE_NOOP("tasks", "Map words"),
        QT_TRANSLATE_NOOP("tasks", "Each word gets a vector by the company that it keeps in your texts."),
    ),
    "speech-recognition": (
        QT_TRANSLATE_NOOP("tasks", "Write down speech"),
        QT_TRANSLATE_NOOP("tasks", "Learns from recordings and what was said in them."),
    ),
    "keyword-spotting": (
        QT_TRANSLATE_NOOP("tasks", "Recognise spoken words"),
        QT_TRANSLATE_NOOP("tasks", "Each short recording gets one of your labels."),
    ),
}
NETWORKS = {
    "speednet": (
        QT_TRANSLATE_NOOP("networks", "SpeedNet"),
        QT_TRANSLATE_NOOP(
            "networks", "Small, strong and quick, also without a graphics card: a good first choice for small pictures."
        ),
    ),
    "article-two-blocks": (
        QT_TRANSLATE_NOOP("networks", "Two blocks"),
        QT_TRANSLATE_NOOP("networks", "The classic beginner's network: two convolutions with pooling, 64 units."),
    ),
    "article-32-64-64": (
        QT_TRANSLATE_NOOP("networks", "Three convolutions 32-64-64"),
        QT_TRANSLATE_NOOP("networks", "The network of many first lessons on colour pictures."),
    ),
    "article-32-64-128": (
        QT_TRANSLATE_NOOP("networks", "Three convolutions 32-64-128"),
        QT_TRANSLATE_NOOP("networks", "Large enough to overfit: good for seeing what dropout and batch norm do."),
    ),
    "article-224": (
        QT_TRANSLATE_NOOP("networks", "Convolutions for photographs"),
        QT_TRANSLATE_NOOP("networks", "Three convolutions for pictures of 224 x 224; slow without a graphics card."),
    ),
    "text-lstm": (
        QT_TRANSLATE_NOOP("networks", "LSTM"),
        QT_TRANSLATE_NOOP("networks", "Reads word by word and remembers over long stretches; a good first choice."),
    ),
    "text-gru": (
        QT_TRANSLATE_NOOP("networks", "GRU"),
        QT_TRANSLATE_NOOP("networks", "Like the LSTM with fewer parts: a little quicker."),
    ),
    "text-simple-rnn": (
        QT_TRANSLATE_NOOP("networks", "Simple recurrent network"),
        QT_TRANSLATE_NOOP("networks", "The oldest of its kind: it forgets quickly, as lessons like to show."),
    ),
    "text-cnn": (
        QT_TRANSLATE_NOOP("networks", "Text CNN"),
        QT_TRANSLATE_NOOP("networks", "Looks for short groups of words; very quick."),
    ),
    "text-transformer": (
        QT_TRANSLATE_NOOP("networks", "Transformer encoder"),
        QT_TRANSLATE_NOOP("networks", "Every word looks at every other; wants more data than the others."),
    ),
}
_ZOO = QT_TRANSLATE_NOOP(
    "networks", "A published network for large photographs, here with fresh weights; slow without a graphics card."
)


def setting_title(name: str) -> str:
    """Return the name of a setting in the user's language."""
    known = TITLES.get(name)
    return translate_sentence(known, "settings") if known else name.replace("_", " ").capitalize()


def group_title(group: str) -> str:
    """Return the name of a group of settings in the user's language."""
    known = GROUPS.get(group)
    return translate_sentence(known, "settings") if known else group.replace("_", " ").replace(".", " ").capitalize()


def choice_words(value: object) -> str:
    """Return the words for one choice of a setting."""
    known = CHOICES.get(value) if isinstance(value, str) else None
    return translate_sentence(known, "settings") if known else str(value)


def task_title(task: str) -> str:
    """Return what a task does, in a few words."""
    known = TASKS.get(task)
    return QCoreApplication.translate("tasks", known[0]) if known else task.replace("-", " ").capitalize()


def task_sentence(task: str) -> str:
    """Return one sentence on a task."""
    known = TASKS.get(task)
    return QCoreApplication.translate("tasks", known[1]) if known else ""


def network_title(name: str, title: str) -> str:
    """Return the name of a network for people; `title` is what the registry calls it."""
    known = NETWORKS.get(name)
    return QCoreApplication.translate("networks", known[0]) if known else title.replace(" (torchvision)", "")


def network_sentence(name: str, title: str) -> str:
    """Return one sentence on a network."""
    known = NETWORKS.get(name)
    if known is not None:
        return QCoreApplication.translate("networks", known[1])
    return QCoreApplication.translate("networks", _ZOO) if name.startswith("torchvision/") else f"{title}."


def marked(found: Any) -> str:
    """Return the sentence of a finding or a fix in the user's language, its values filled in."""
    values = {name: _value_words(value) for name, value in found.values.items()}
    return translate_sentence(found.sentence, "checks").format(**values)


def _value_words(value: object) -> object:
    if isinstance(value, Phrase):
        return translate_sentence(value.text, "checks").format(**value.values)
    return value


def split_title(split: str) -> str:
    """Return the name of a split."""
    known = SPLITS.get(split)
    return QCoreApplication.translate("TrainWords", known) if known else split


def duration(seconds: float) -> str:
    """Return a time for people: "42 s", "3 min 20 s", "2 h 5 min"."""
    whole = max(0, round(seconds))
    hours, minutes, left = whole // 3600, whole // 60 % 60, whole % 60
    translate = QCoreApplication.translate
    if hours:
        return translate("TrainWords", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes:
        return translate("TrainWords", "{minutes} min {seconds} s").format(minutes=minutes, seconds=left)
    return translate("TrainWords", "{seconds} s").format(seconds=left)


def number(value: float) -> str:
    """Return a figure with as many digits as say something."""
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def whole(count: int) -> str:
    """Return a count with its thousands apart."""
    return f"{count:,}"
