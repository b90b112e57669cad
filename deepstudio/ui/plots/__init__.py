"""Plots of training: curves of any length, histograms over time, confusion matrices, samples, parallel coordinates.

Each is a panel of pyqtgraph (`PlotView`): its view, its scene, its images for heat maps and matrices, its box for
whatever is to be placed in units of the axes. What it does not use is pyqtgraph's plot: axes, grid, legend and every
curve are items there, and each frame asks all of them for their places. Here the frame and the curves are one item,
painted from exact extremes of every column of pixels into a picture that is kept; a training adds strokes to it.
Measured on two cores, a curve of 20,000 points in a panel of 420 x 240 pixels, processor time a frame: 1.5 ms painted
anew in a plain widget, 1.5 ms hosted in pyqtgraph's view, 2.3 ms by pyqtgraph's PlotWidget with its own downsampling;
a strip of it that is copied to the screen 0.03, 0.03 and 0.4 ms. `deepstudio bench curves` runs PlotWidget beside it.

Importing pyqtgraph holds the window for 0.3 s and takes 45 MB, so nothing imports this package before a workspace
needs it (`preload`).
"""

from deepstudio.ui.plots.confusion import ConfusionMatrix
from deepstudio.ui.plots.panel import CurvePanel
from deepstudio.ui.plots.parallel import ParallelCoordinates, ParallelRow
from deepstudio.ui.plots.sample_grid import SampleGrid

__all__ = ["ConfusionMatrix", "CurvePanel", "ParallelCoordinates", "ParallelRow", "SampleGrid"]
