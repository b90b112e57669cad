"""One or several runs to look at: curves, histograms, samples, confusion, events. Train and Runs show the same view."""

from deepstudio.ui.runview.live_source import LiveRunSource
from deepstudio.ui.runview.source import RunSource
from deepstudio.ui.runview.store_source import StoreRunSource
from deepstudio.ui.runview.view import RunView

__all__ = ["LiveRunSource", "RunSource", "RunView", "StoreRunSource"]
