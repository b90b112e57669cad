"""Training two towers that map pictures and the words of their labels into one space."""
