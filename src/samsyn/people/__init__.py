"""Know the people, their roles and scopes, and how they sign in."""
