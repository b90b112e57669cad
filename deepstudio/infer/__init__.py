"""Load once, warm up, predict."""
