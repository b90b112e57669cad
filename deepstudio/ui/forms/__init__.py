"""Forms generated from configuration classes."""
