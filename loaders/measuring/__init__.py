"""Measuring: targets, quantities and units."""
