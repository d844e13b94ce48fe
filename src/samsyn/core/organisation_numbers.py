"""Write the number of a company one way, whichever way somebody spelled it. Pure."""

import re

_CVR = (2, 7, 6, 5, 4, 3, 2, 1)
# before the ten digits: 16 is a company; a century is a person who trades under a number of their own
_LABEL = re.compile(r"\W*(?:org(?:anisations)?\W*n(?:umme)?r|cvr(?:\W*n(?:umme)?r)?)?\W*", re.IGNORECASE)
_BEFORE = ("16", "18", "19", "20")


def organisation_number(text: str) -> str | None:
    """Return a Swedish organisation number as ten digits, a Danish CVR number as eight; None when it is neither.

    Takes what says that it is one (``Org.nr``, ``CVR:``), spaces of all kinds, hyphens, the prefix 16 or a century, VAT
    numbers (``SE…01``, ``DK…``) and what a spreadsheet makes of a number (``5562248012.0``). The check digit must
    hold. Source: SKV 709 (modulus 10, Luhn);
    Erhvervsstyrelsen, CVR-nummer (modulus 11).
    """
    plain = re.sub(r"[\s\u2010-\u2015.-]", "", re.sub(r"\.0+$", "", _LABEL.sub("", text.strip(), count=1))).upper()
    if re.fullmatch(r"SE\d{12}", plain) and plain.endswith("01"):
        plain = plain[2:-2]
    elif re.fullmatch(r"DK\d{8}", plain):
        plain = plain[2:]
    if not plain.isascii() or not plain.isdigit():
        return None
    if len(plain) == 12 and plain.startswith(_BEFORE):
        plain = plain[2:]
    if len(plain) == 10:
        return plain if _luhn(plain) else None
    if len(plain) == 8 and plain[0] != "0":
        return None if sum(int(each) * weight for each, weight in zip(plain, _CVR, strict=True)) % 11 else plain
    return None


def written(number: str) -> str:
    """Write a number as people do: ``556224-8012``; a CVR number as it is."""
    return f"{number[:6]}-{number[6:]}" if len(number) == 10 else number


def _luhn(digits: str) -> bool:
    doubled = (int(each) * (2 - place % 2) for place, each in enumerate(digits))
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0
