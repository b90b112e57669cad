"""Log the training of any program into DeepStudio's store: no Qt, no torch."""
