"""Let OpenID Connect sign in people who are known here by their mail address; nobody else."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import redirect

from samsyn.people.models import Person


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Connects a verified address to the one active person who has it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse to make new people at sign-in; the workbook does that."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the account on its first use, or send the stranger to the front page."""
        if sociallogin.is_existing:
            return
        address = (sociallogin.user.email or "").casefold()
        people = Person.objects.filter(email=address, is_active=True, is_service=False)
        found = list(people[:2]) if address else []
        if len(found) != 1:
            raise ImmediateHttpResponse(redirect("front"))
        sociallogin.connect(request, found[0])
