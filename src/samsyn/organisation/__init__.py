"""Know the municipality's legal entities, administrations, units, cost centres and sites over time."""
