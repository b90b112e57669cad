"""DeepStudio: train, watch and use neural networks for images, text and speech in one offline window."""

__version__ = "0.1.0"
