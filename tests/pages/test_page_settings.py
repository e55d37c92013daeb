"""The settings that keep the app on this machine and its errors out of the browser."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "maxUploadSize", 50),
        ("server", "enableCORS", True),
        ("server", "enableXsrfProtection", True),
        ("server", "allowedHosts", ["127.0.0.1", "localhost"]),
        ("server", "enableStaticServing", False),
        ("server", "enableAgentApi", False),
        ("server", "fileWatcherType", "none"),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "toolbarMode", "minimal"),
        ("client", "disableDataExport", True),
        ("runner", "magicEnabled", False),
    ],
)
def test_a_setting_is_what_privacy_asks(section, key, value):
    assert SETTINGS[section][key] == value


def test_no_font_and_no_theme_comes_from_outside():
    assert "http" not in (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_and_accent_stand_out_from_every_ground(ground):
    theme = SETTINGS["theme"]
    caption = _mixed(theme["textColor"], theme[ground], 0.6)  # how Streamlit draws captions
    assert _contrast(_rgb(theme["primaryColor"]), _rgb(theme[ground])) >= 4.5
    assert _contrast(_rgb(theme["grayTextColor"]), _rgb(theme[ground])) >= 4.5
    assert _contrast(_rgb(theme["textColor"]), _rgb(theme[ground])) >= 7
    if ground == "backgroundColor":
        assert _contrast(caption, _rgb(theme[ground])) >= 4.5


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _mixed(front: str, back: str, share: float) -> tuple[float, ...]:
    return tuple(share * f + (1 - share) * b for f, b in zip(_rgb(front), _rgb(back), strict=True))


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(rgb: tuple[float, ...]) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = (value / 255 for value in rgb)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
