"""A release as one printed document."""

from analytics.report.page import html

__all__ = ["html"]
