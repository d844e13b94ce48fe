"""Words of the trade: never on a page, paper or mail for managers, requesters and the public."""

import re

# the beginnings of words
FORBIDDEN = {
    "sv": "driver drivare pool allok fördelningsnyck kostnadsbärare kostnadsdriv reciprok batch seal compliance",
    "da": "driver pool allok fordelingsnøg omkostningsbærer omkostningsdriv gensidig reciprok batch seal compliance",
    "en": "driver pool allocat apportion reciproc batch seal sealed compliance",
}


def trade_words(text: str, language: str) -> list[str]:
    """Return the words of the trade that a text holds."""
    return re.findall(rf"\b(?:{'|'.join(FORBIDDEN[language].split())})\w*", text, re.IGNORECASE)
