"""The people's part of the organisation workbook: its two sheets."""

SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "People": (("code",), ("name", "email", "title", "language")),
    "Roles": (("person", "role", "unit", "valid_from"), ("valid_until",)),
}
