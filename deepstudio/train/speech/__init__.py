"""Training of speech recognisers, keyword spotters and the n-gram language model."""
