"""What surrounds each system: what it exchanges, whose data is the right one, and the standards it stands on."""
