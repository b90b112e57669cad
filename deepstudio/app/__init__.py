"""Entry points: the window, the command line, the tour, and the one place that builds services."""
