"""Networks, their registry, and the model file with its card. Importing this package does not import torch."""
