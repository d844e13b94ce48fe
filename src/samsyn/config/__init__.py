"""Say which municipality, who, and which address: settings, addresses, middleware, the command line."""
