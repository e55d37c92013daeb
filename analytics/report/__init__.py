"""A release on paper: one HTML document, a PDF for the organisation, and a PDF of one page for a unit."""

from analytics.report.organisation import VIEWS, organisation_pdf
from analytics.report.page import html
from analytics.report.team_page import team_pdf

__all__ = ["VIEWS", "html", "organisation_pdf", "team_pdf"]
