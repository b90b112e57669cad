"""Sound: capture, features, decoding."""
