"""What of the Runs page survives a restart. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deepstudio.ui.workspaces.runs.page import RunsPage

_MOST_SELECTED = 100


def save(page: RunsPage) -> dict[str, Any]:
    """Return the state of a page, JSON-ready."""
    return {
        "selected": page.table.selected_ids()[:_MOST_SELECTED],
        "columns": list(page.model.columns),
        "sort": [page.model.sort_column, page.model.descending],
        "group": page.model.group,
        "filter": page.model.filter,
        "folders": page.presenter.folders.remembered(),
        "table_alone": page.bar.table_alone.isChecked(),
        "view": page.pane.save_view(),
    }


def restore(page: RunsPage, state: dict[str, Any]) -> None:
    """Bring a page into a state; what makes no sense is left out."""
    columns = state.get("columns")
    if isinstance(columns, list):
        page.set_columns([str(key) for key in columns])
    sort = state.get("sort")
    if isinstance(sort, list) and len(sort) == 2:
        page.model.sort_by(str(sort[0]), descending=bool(sort[1]))
        page.table.show_sorting()
    page.set_group(str(state.get("group", "")))
    page.bar.table_alone.setChecked(bool(state.get("table_alone", False)))
    page.bar.filter.setText(str(state.get("filter", "")))
    page.bar.apply()
    selected = state.get("selected")
    if isinstance(selected, list) and selected:
        page.keep_selection()
        page.table.select_ids(str(run_id) for run_id in selected)
    folders = state.get("folders")
    if isinstance(folders, list):
        page.presenter.folders.follow_again([str(folder) for folder in folders])
    view = state.get("view")
    if isinstance(view, dict):
        page.pane.restore_view(view)
