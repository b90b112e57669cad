"""What of the train workspace survives a restart, and what other workspaces hand over to it. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.train.view import TrainView


def state_of(view: TrainView) -> dict[str, Any]:
    """Return the data, the recipe as it is, and the page."""
    state: dict[str, Any] = {
        "folder": view.commands.folder,
        "page": view.page,
        "panes": view.setup_page.panes.sizes(),
    }
    if view.setup.view is not None and not view.setup.draft.empty:
        state["data"] = str(view.setup.view.path)
        state["recipe"] = view.setup.draft.mapping()
    return state


def take_back(view: TrainView, state: dict[str, Any]) -> None:
    """Take back what `state_of` returned; what makes no sense is ignored."""
    if isinstance(state.get("folder"), str):
        view.commands.folder = state["folder"]
    view.setup_page.panes.set_sizes(state.get("panes"))
    if isinstance(state.get("recipe"), dict) and isinstance(state.get("data"), str):
        _open_with(view, state["recipe"], state["data"])


def receive(view: TrainView, what: str, value: object) -> None:
    """Take what another workspace hands over: a run to go on with, data, or a recipe."""
    if what == "resume" and isinstance(value, str):
        view.session.resume(value)
    elif what == "data" and isinstance(value, (str, Path)):
        view.open_paths([Path(value)])
    elif what == "recipe" and isinstance(value, dict):
        view.show_setup_page()
        recipe = value.get("recipe", value)
        if isinstance(recipe, dict):
            _open_with(view, recipe, value.get("data"))


def _open_with(view: TrainView, recipe: dict[str, Any], data: object) -> None:
    """Open a recipe, and the data where they are still there."""
    if isinstance(data, str) and not Path(data).exists():
        data = None
    if view.setup.use_mapping(recipe) and isinstance(data, str):
        view.setup.open_data(Path(data), recipe=view.setup.draft.recipe)
