"""Plots of training: curves of any length, histograms over time, confusion matrices, samples, parallel coordinates.

They are painted by QPainter alone. Measured on two busy cores, a curve of 800 points in a panel of 420 x 260 pixels
took 10.6 ms a frame in pyqtgraph's PlotWidget and 0.7 ms here, and importing pyqtgraph holds the window for 0.4 s; a
window that streams every step of a training on the same cores has room for neither (`deepstudio bench curves` runs
pyqtgraph beside it).
"""

from deepstudio.ui.plots.confusion import ConfusionMatrix
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.plots.parallel import ParallelCoordinates, ParallelRow
from deepstudio.ui.plots.sample_grid import SampleGrid

__all__ = ["ConfusionMatrix", "CurvePanel", "ParallelCoordinates", "ParallelRow", "SampleGrid"]
