"""Panels at the window's edge."""
