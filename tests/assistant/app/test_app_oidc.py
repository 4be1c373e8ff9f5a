"""The product where people sign in with a provider alone, as a user starts it, in a real browser, from another site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from door_samples import CHEAP
from oidc_provider import CLIENT, SECRET, providing
from served_app import serving

from assistant.door.accounts import Accounts, UserRole

if TYPE_CHECKING:
    from browsing import Contexts


@pytest.mark.browser
def test_people_sign_in_with_the_provider_and_out_and_nothing_of_it_is_logged(tmp_path: Path, contexts: Contexts):
    from axe_playwright_python.base import AXE_SCRIPT
    from browsing import PHONE, SLOW, expect, ready

    home, log = tmp_path / "home", tmp_path / "log"
    Accounts(home, CHEAP).add("ana@example.org", UserRole.REVIEWER, None)
    with providing() as provider, log.open("w") as errors:
        provider.issuer = provider.issuer.replace("127.0.0.1", "localhost")  # for a browser, another site
        provider.asks = True
        extra = {"ICAT_OIDC_ISSUER": provider.issuer, "ICAT_OIDC_CLIENT": CLIENT, "ICAT_OIDC_SECRET": SECRET}
        with serving(home, extra=extra, errors=errors) as url:
            context = contexts.fresh(PHONE)
            page = context.new_page()
            page.set_default_timeout(SLOW)
            page.goto(f"{url}fr")
            page.get_by_role("link", name="English").click()
            expect(page.get_by_label("Password")).to_be_hidden()
            page.evaluate(AXE_SCRIPT)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))") == []
            page.get_by_role("link", name="Sign in with OpenID Connect").click()
            page.get_by_role("button", name="Allow").click()
            ready(page)
            assert page.url == url
            page.get_by_role("button", name="Sign out").click()
            expect(page.get_by_role("link", name="Sign in with OpenID Connect")).to_be_visible()
            provider.person["email"] = "eve@example.org"
            page.get_by_role("link", name="Sign in with OpenID Connect").click()
            page.get_by_role("button", name="Allow").click()
            expect(page.get_by_role("alert")).to_contain_text("Nobody of the name eve@example.org may come in")
            context.close()
    written = log.read_text()
    assert "token" in written  # it was asked for, in a line of what Authlib asks with
    for secret in (SECRET, "code=", "eve@", "ana@", "deprecated"):
        assert secret not in written
