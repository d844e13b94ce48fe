"""Give a municipality one shared view of its IT: what it has, what it costs, and who pays why."""

__version__ = "0.1.0"
