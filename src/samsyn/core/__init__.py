"""Hold what every room needs: money, periods, refusals, problems. No tables."""
