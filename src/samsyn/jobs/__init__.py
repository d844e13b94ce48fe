"""Work in the background: nobody waits before a page for what takes long, and nothing is lost when a worker dies."""
