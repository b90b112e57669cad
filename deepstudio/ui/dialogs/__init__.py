"""Dialogs. Each has a classmethod that asks and returns, so that tests can replace it."""
