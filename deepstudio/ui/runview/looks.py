"""How all curves of a page are looked at, and how that survives a restart. No widgets; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deepstudio.store.series_axis import XAxis
from deepstudio.ui.plots.curve import Smoothing


@dataclass(frozen=True, slots=True)
class Looks:
    """How all curves are looked at."""

    axis: XAxis = XAxis.STEP
    log_x: bool = False
    robust: bool = False
    smoothing: Smoothing = Smoothing()
    size: str = "medium"
    group: str = ""
    """What runs are grouped by (see `grouping`)."""

    def state(self) -> dict[str, Any]:
        """Return all of it, JSON-ready."""
        return {
            "axis": str(self.axis),
            "log_x": self.log_x,
            "robust": self.robust,
            "smoothing": [self.smoothing.kind, self.smoothing.amount],
            "size": self.size,
            "group": self.group,
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Looks:
        """Return the looks of a `state`. Raises KeyError, TypeError, ValueError for another thing."""
        kind, amount = state["smoothing"]
        return cls(
            axis=XAxis(state["axis"]),
            log_x=bool(state["log_x"]),
            robust=bool(state["robust"]),
            smoothing=Smoothing(str(kind), float(amount)),
            size=str(state["size"]),
            group=str(state.get("group", "")),
        )
