"""Pictures of nothing that a classifier knows, drawn by the program: what "none of these" is learnt from.

Dan Hendrycks et al. 2019, "Deep anomaly detection with outlier exposure" (arXiv:1812.04606): a network that has seen
many other things while it learns stays unsure about those that it has not seen. Torch-free, any thread.
"""
