"""Store masses of facts as immutable column files, and ask them with one expression on any engine."""
