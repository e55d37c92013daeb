"""Simulated surveys for the two-group test: one continuum of several shapes, or two groups a known distance apart."""

from __future__ import annotations

import numpy as np

from analytics.ordinal import Questions

CUTS = np.array([-1.3, -0.45, 0.45, 1.3])
EVK = (4, 2, 2)
FOUR = (4, 4, 4, 4)


def trait(kind, n, rng, delta=0.0, split=0.5):
    """A latent trait with mean 0 and variance 1."""
    if kind == "classes":
        upper = rng.random(n) < split
        return (rng.normal(size=n) + (upper - split) * delta) / np.sqrt(1 + delta**2 * split * (1 - split))
    if kind == "skew":
        return (rng.chisquare(4, n) - 4) / np.sqrt(8)
    if kind == "strong skew":
        return (rng.chisquare(2, n) - 2) / 2
    if kind == "flat":
        return (rng.random(n) - 0.5) * np.sqrt(12)
    return rng.normal(size=n)


def answers(kind, n, layout, rng, delta=0.0, split=0.5):
    """Codes 1-5, people by items: each scale adds its own part to the trait, each item its own noise."""
    eta = trait(kind, n, rng, delta, split)
    shift = -1.0 if kind == "floor" else 0.0
    columns = []
    for items in layout:
        scale = 0.8 * eta + 0.6 * rng.normal(size=n)
        columns.append(np.searchsorted(CUTS, 0.8 * scale[:, None] + 0.6 * rng.normal(size=(n, items)) + shift) + 1)
    return np.hstack(columns).astype(np.int8)


def survey(kind, n, layout, seed, delta=0.0, split=0.5):
    """One simulated survey as ``Questions``."""
    codes = answers(kind, n, layout, np.random.default_rng(seed), delta, split)
    return Questions(codes, np.full(sum(layout), 5), np.repeat(np.arange(len(layout)), layout))
