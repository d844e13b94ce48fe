from datetime import date
from typing import Any

import pytest

from samsyn.core.scoping import in_municipality
from samsyn.organisation.queries import tree, unit_with_code
from samsyn.people.queries import access_of, managers_of
from tests import personas

TODAY = date(2026, 4, 1)


def test_a_manager_sees_own_unit_and_all_below_it_only(lillby: Any) -> None:
    now = tree(TODAY)
    director = access_of(personas.person(lillby, "director"), TODAY)
    assert director.may_for("see_statement", "NORRA", now)
    assert not director.may_for("see_statement", "IT", now)
    head = access_of(personas.person(lillby, "head"), TODAY)
    assert not head.may_for("see_statement", "SÖDRA", now)
    assert not head.may("see_books")


def test_a_unit_without_manager_is_answered_for_by_the_one_above(lillby: Any) -> None:
    assert [person.code for person in managers_of("SÖDRA", tree(TODAY), TODAY)] == ["director"]


def test_reading_without_a_municipality_is_refused(db: Any) -> None:
    from django_scopes import ScopeError

    with pytest.raises(ScopeError):
        unit_with_code("IT")


def test_another_municipality_sees_nothing_of_this_one(lillby: Any) -> None:
    other = personas.municipality("grannby", "Grannby")
    with in_municipality(other):
        assert tree(TODAY).nodes == {}
        assert unit_with_code("IT") is None


def test_strangers_sign_in_first_and_other_municipalities_do_not_exist(lillby: Any, client: Any) -> None:
    personas.municipality("grannby", "Grannby")
    assert client.get("/lillby/").url == "/lillby/sign-in/?next=/lillby/"
    client.force_login(personas.person(lillby, "head"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/lillby/").url == "/lillby/what-we-pay/", "a head teacher goes straight to the statement"
    assert client.get("/lillby/what-we-pay/").status_code == 200
    assert client.get("/grannby/").status_code == 404
    assert client.get("/nowhere/").status_code == 404


def test_signing_in_with_the_wrong_password_says_what_to_do(lillby: Any, client: Any) -> None:
    personas.person(lillby, "head")
    answer = client.post("/lillby/sign-in/", {"name": "head", "password": "wrong"}, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 422
    assert "do not belong together" in answer.content.decode()
    answer = client.post("/lillby/sign-in/?next=//evil.example/", {"name": "head", "password": personas.PASSWORD})
    assert answer.url == "/lillby/"
