"""Run work in the background, with a lease, progress and retries."""
