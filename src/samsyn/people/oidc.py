"""Let OpenID Connect sign in people who are known here by their mail address; nobody else."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db.models.functions import Lower
from django.http import HttpRequest

from samsyn.core.refusals import N_, Refusal
from samsyn.people.models import Person


class NotKnown(Refusal):
    """Somebody signed in elsewhere who has no place here."""

    status = 403


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Connects a verified address to the one active person who has it."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse to make new people at sign-in; the workbook does that."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the account on its first use. Refuses ``actor_unknown``: no such address, or not verified."""
        if sociallogin.is_existing:
            return
        address = (sociallogin.user.email or "").lower()
        people = Person.objects.annotate(address=Lower("email")).filter(
            address=address, is_active=True, is_service=False
        )
        found = list(people[:2]) if address and _is_verified(sociallogin.account.extra_data) else []
        if len(found) != 1:
            raise NotKnown("actor_unknown", N_("“%(code)s” is not a person here."), code=address or "–")
        sociallogin.connect(request, found[0])


def _is_verified(claims: dict[str, Any]) -> bool:
    """Tell whether the provider stands for the address; one that says nothing is the municipality's own."""
    said = [claims, claims.get("userinfo") or {}, claims.get("id_token") or {}]
    return all(each.get("email_verified", True) in (True, "true") for each in said)
