"""The frame and the pages that say no."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from samsyn import web
from samsyn.core.refusals import Refusal
from samsyn.web.pages import page, status_of

ROOM = Path(web.__file__).parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))


@page
def closed(request: HttpRequest) -> HttpResponseBase:
    raise Refusal("conflict", "March %(year)s is approved.", year=2026)


@page
def open_page(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse("fine")


def test_a_refusal_becomes_a_page_with_its_sentence_and_code(rf: RequestFactory) -> None:
    response = closed(rf.get("/x/march"))
    assert isinstance(response, HttpResponse)
    text = response.content.decode()
    assert response.status_code == 409
    assert "March 2026 is approved." in text and "<code>conflict</code>" in text and "/x/march" in text


def test_htmx_gets_a_refusal_as_a_notice_alone(rf: RequestFactory) -> None:
    response = closed(rf.get("/", headers={"HX-Request": "true"}))
    assert isinstance(response, HttpResponse)
    assert b"notice-fault" in response.content and b"<html" not in response.content


def test_a_page_without_refusal_is_left_alone(rf: RequestFactory) -> None:
    assert open_page(rf.get("/")).status_code == 200


def test_a_refusal_may_carry_its_own_status() -> None:
    class Gone(Refusal):
        status = 410

    assert [
        status_of(Gone("x", "y")),
        status_of(Refusal("not_found", "y")),
        status_of(Refusal("x", "y")),
    ] == [410, 404, 400]


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_error_pages_render_without_any_context(name: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(name)
    assert f'<html lang="{language}">' in html and '<h1 class="answer">' in html


def test_the_frame_shows_navigation_and_the_chosen_theme(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["theme"] = "dark"
    html = render_to_string(
        "web/base.html", {"request": request, "nav": [("Vad vi betalar", "/a", True)], "who": "Rut"}
    )
    assert (
        'data-theme="dark"' in html and '<a href="/a" aria-current="page">Vad vi betalar</a>' in html and "Rut" in html
    )


def test_a_forged_theme_is_ignored(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["theme"] = '"><script>'
    assert "data-theme=" not in render_to_string("web/base.html", {"request": request}).split("<body")[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script_or_is_too_long(path: Path) -> None:
    text = path.read_text()
    assert " style=" not in text and "onclick" not in text and "<style" not in text
    assert "<script>" not in text and len(text.splitlines()) <= 120


def test_what_is_vendored_is_small_and_its_licences_are_kept() -> None:
    vendor = ROOM / "static" / "web" / "vendor"
    assert sum(file.stat().st_size for file in vendor.iterdir()) < 3_000_000
    licences = (vendor / "LICENSES.md").read_text()
    assert all(
        f"## {name} " in licences for name in ("@tabler/core", "htmx.org", "echarts", "@fontsource-variable/inter")
    )


def test_nothing_the_style_sheet_names_is_missing_or_elsewhere() -> None:
    folder = ROOM / "static" / "web"
    for address in re.findall(r'url\("([^"]+)"\)', (folder / "samsyn.css").read_text()):
        assert (folder / address).is_file()
