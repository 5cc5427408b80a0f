"""The pictures of a report: rival figures, what happened when, and who cites whom."""

from __future__ import annotations

from claims.report.plot_graph import citation_graph
from claims.report.plot_interval import interval_plot
from claims.report.plot_shape import Plot
from claims.report.plot_timeline import timeline

__all__ = ["Plot", "citation_graph", "interval_plot", "timeline"]
