"""Reading pictures and data sets, splitting, augmenting and batching them."""
