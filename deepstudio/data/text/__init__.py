"""Text: reading files of any encoding, tokens, splits and batches. Torch-free except `batches`."""
