"""What of the image workspace survives a restart. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deepstudio.ui.workspaces.image.own_labels import OwnLabels
from deepstudio.ui.workspaces.image.why_presenter import METHODS

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.image.view import ImageView


def state_of(view: ImageView) -> dict[str, Any]:
    """Return models, history (as paths), folder and the arrangement."""
    chosen = view.models.selected()
    why = view.single.why
    return {
        "model": view.model_before_drawing or (chosen[0].name if chosen else ""),
        "default": view.default,
        "second": chosen[1].name if len(chosen) > 1 else "",
        "method": why.method,
        "overlay": why.opacity.value(),
        "history": view.history.save(),
        "folder": view.folder,
        "panes": view.single.panes.sizes(),
        "labels": view.labels.labels.save(),
    }


def take_back(view: ImageView, state: dict[str, Any]) -> None:
    """Take back what `state_of` returned; what makes no sense is ignored."""
    second = state.get("second")
    # A default that was changed since is what the user wants now.
    first = state.get("model") if state.get("default") == view.default else None
    view.labels.set_labels(OwnLabels.restore(state.get("labels")))
    view.models.select(first, second, compare=bool(second))
    view.use_models()
    why = view.single.why
    if state.get("method") in METHODS:
        why.methods.choose(state["method"])
    if isinstance(state.get("overlay"), int):
        why.opacity.setValue(state["overlay"])
    if isinstance(state.get("folder"), str):
        view.folder = state["folder"]
    view.single.panes.set_sizes(state.get("panes"))
    view.last_answers.restore(state.get("history"))
