"""What the window does apart from its widgets and longer than one of them lives."""
