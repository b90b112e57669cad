"""Drives the real window through the whole job on real input and leaves pictures and `tour.json`."""
