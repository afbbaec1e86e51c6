"""Every page against axe-core's rules (WCAG 2.2 A and AA), in a real browser.

axe-core is no part of the project: `npm pack axe-core@4` fetches it, DATELINE_AXE names its axe.min.js.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from importlib import resources
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.store.samples import shelling_reading, visit_reading
from tests.web.conftest import Serve

_BROWSER = shutil.which("chromium")
_AXE = Path(os.environ.get("DATELINE_AXE", "node_modules/axe-core/axe.min.js"))
_HERE = {"origin": "http://127.0.0.1:8421"}
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--dump-dom", "--virtual-time-budget=20000"),
    "--allow-file-access-from-files",
)

pytestmark = pytest.mark.skipif(
    _BROWSER is None or not _AXE.exists(), reason="no `chromium` on the PATH, or no axe-core (DATELINE_AXE)"
)
_EVENT = visit_reading().events[0].id
_PAGES = (
    *("/", "/events", "/statements", "/figures", "/actors", "/places", "/times", "/articles", "/problems", "/read"),
    *("/map", "/agenda", "/ledger?alone=yes", "/series", "/audit", "/audit/1", "/audit/1/1", "/events?q=acter:x"),
    *(f"/article/{visit_reading().article.id}", f"/event/{_EVENT}", "/actor?name=Ine+Berg&country=NOR", "/nowhere"),
)
# Run once the page is there; what is wrong becomes the page's title.
_RUN = """
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {runOnly: rules}).then((found) => {
  document.title = "axe" + JSON.stringify(found.violations.map((rule) => [rule.id, rule.nodes[0].html.slice(0, 160)]));
});
"""


@pytest.fixture
def judged(serve: Serve) -> TestClient:
    """A record with an audit begun."""
    web = serve(visit_reading(), shelling_reading())
    web.post("/audit", data={"size": "3"}, headers=_HERE)
    return web


@pytest.mark.parametrize("dark", [False, True])
def test_pages_can_be_read_by_everybody(judged: TestClient, tmp_path: Path, dark: bool) -> None:
    wrong = {page: found for page in _PAGES if (found := _violations(judged.get(page).text, tmp_path, dark))}
    assert wrong == {}


def test_what_cannot_be_read_by_everybody_is_noticed(judged: TestClient, tmp_path: Path) -> None:
    page = judged.get("/").text.replace("<main", '<img src="/x.png"><main')
    assert [rule for rule, _ in _violations(page, tmp_path, dark=False)] == ["image-alt", "region"]


def _violations(page: str, tmp_path: Path, dark: bool) -> list[list[str]]:
    """What axe-core finds on a page, which lies in a file with its own style and script written into it."""
    static = resources.files("dateline.web").joinpath("static")
    style = static.joinpath("style.css").read_text("utf-8")
    page = re.sub(r"<link rel=\"stylesheet\"[^>]*>", lambda _: f"<style>{style}</style>", page)
    page = re.sub(r"<script[^>]*></script>", "", page)
    scripts = (_AXE.read_text("utf-8"), static.joinpath("page.js").read_text("utf-8"), _RUN)
    told = "".join(f"<script>{script}</script>" for script in scripts)
    (tmp_path / "page.html").write_text(page.replace("</body>", f"{told}</body>"), "utf-8")
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [str(_BROWSER), *_FLAGS, *scheme, profile, f"file://{tmp_path / 'page.html'}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    title = re.search(r"<title>axe(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None, "axe-core did not finish"
    found: list[list[str]] = json.loads(unescape(title[1]))
    return found
