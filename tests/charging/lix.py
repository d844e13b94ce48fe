"""How hard a text is to read: LIX (Björnsson 1968)."""

import re


def lix(text: str) -> float:
    """Return words per sentence plus the share of words longer than six letters, in per cent."""
    # a figure with its groups and unit is read as one word
    text = re.sub(r"(?<=\d)[\u00a0.](?=\d)", "", text)
    words = re.findall(r"[\w’-]+", text)
    sentences = len(re.findall(r"[.!?:](?=\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
