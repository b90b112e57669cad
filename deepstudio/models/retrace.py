"""The lines that make a model and its figures again, from its card. Torch-free, any thread."""

from __future__ import annotations

from deepstudio.core.paths import resources_dir
from deepstudio.models.card import ModelCard


def commands_of(card: ModelCard) -> tuple[str, ...]:
    """Return the line that trains the model, then those that measure it; none for a recipe that does not come with it.

    DIR is the folder that holds the data sets. A card that has no lines of its own gets them from its recipe.
    """
    name = str(card.recipe.get("name", card.name))
    if not card.recipe or not (resources_dir() / "recipes" / f"{name}.toml").is_file():
        return ()
    stored = card.extra.get("commands")
    if isinstance(stored, list) and stored:
        return tuple(str(line) for line in stored)
    data = card.recipe.get("data")
    folder = data.get("folder") if isinstance(data, dict) else None
    place = f"DIR/{folder}" if folder else "DIR"
    return f"deepstudio train {name} --data DIR", f"deepstudio evaluate {card.name} --data {place}"
