"""Ask another system over HTTP: sign in, page by page, again after a while when it is busy; never for ever."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from samsyn.core.refusals import N_, Refusal

PAGE_SIZE = 100  # KITOS gives 250 at most
TIMEOUT = 60  # seconds for one answer
PAUSES = (1, 4, 15)  # seconds before it is asked again; then it is given up
MOST_PAGES = 2000
BUSY = {429, 500, 502, 503, 504}


@dataclass
class Kitos:
    """KITOS API v2 as one user of one organisation. The password stands in no message."""

    url: str
    user: str
    password: str = field(repr=False)
    organisation: str = ""  # uuid, where the user belongs to several
    sleep: Callable[[float], None] = time.sleep
    token: str = field(default="", repr=False)

    def read(self, path: str, **asked: str) -> Iterator[dict[str, Any]]:
        """Yield every object below ``/api/v2/``, page by page.

        Refuses ``kitos_sign_in``, ``kitos_unreachable`` and ``kitos_answer`` (no list of objects, or no end to it).
        """
        for page in range(MOST_PAGES):
            found = self._get(path, {**asked, "page": str(page), "pageSize": str(PAGE_SIZE)})
            if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
                raise _strange(path)
            yield from found
            if len(found) < PAGE_SIZE:
                return
        raise _strange(path)

    def _get(self, path: str, asked: Mapping[str, str]) -> Any:
        self.token = self.token or self._sign_in()
        address = f"{self.url.rstrip('/')}/api/v2/{path}?{urlencode(asked)}"
        return self._ask(Request(address, headers={"Authorization": f"Bearer {self.token}"}), path)

    def _sign_in(self) -> str:
        told = json.dumps({"email": self.user, "password": self.password}).encode()
        address = f"{self.url.rstrip('/')}/api/authorize/GetToken"
        found = self._ask(Request(address, told, {"Content-Type": "application/json"}), "GetToken")
        found = found.get("response", found) if isinstance(found, dict) else {}
        token = found.get("token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token:
            raise _strange("GetToken")
        return token

    def _ask(self, request: Request, path: str) -> Any:
        """Return the answer as JSON; ask again where it is busy."""
        why = ""
        for pause in (*PAUSES, None):
            try:
                with urlopen(request, timeout=TIMEOUT) as answer:
                    return json.loads(answer.read())
            except HTTPError as fault:
                why = str(fault.code)
                if fault.code in (401, 403):
                    message = N_("KITOS does not let %(user)s in. Check the name, the password and its rights.")
                    raise Refusal("kitos_sign_in", message, user=self.user) from None
                if fault.code not in BUSY:
                    raise _strange(f"{path} ({fault.code})") from None
            except ValueError:
                raise _strange(path) from None
            except (URLError, OSError) as fault:
                why = str(getattr(fault, "reason", fault))
            if pause is not None:
                self.sleep(pause)
        raise Refusal(
            "kitos_unreachable", N_("KITOS did not answer (%(why)s). Nothing was changed; try again later."), why=why
        )


def _strange(what: str) -> Refusal:
    message = N_("KITOS answered %(what)s with something that cannot be read. Nothing was changed.")
    return Refusal("kitos_answer", message, what=what)
