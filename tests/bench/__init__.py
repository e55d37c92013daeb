"""Timings as ratios against a named command in the same run: ``python -m tests.bench``."""
