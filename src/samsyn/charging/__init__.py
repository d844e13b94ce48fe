"""Turn an approved run into the statement each unit reads."""
