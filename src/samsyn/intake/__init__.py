"""Take in files: keep the raw file, sniff, stage, preview, commit."""
