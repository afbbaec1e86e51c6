"""Nothing sticks out of a telephone's screen, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from importlib import resources
from pathlib import Path

import pytest

from tests.store.samples import shelling_reading, visit_reading
from tests.web.conftest import Serve

_BROWSER = shutil.which("chromium")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--dump-dom", "--virtual-time-budget=8000"),
    *("--allow-file-access-from-files", "--window-size=1200,900"),
)
_HERE = {"origin": "http://127.0.0.1:8421"}
_PAGES = (
    *("/", "/events", "/statements", "/figures", "/actors", "/places", "/articles", "/problems", "/read", "/map"),
    *("/agenda", "/ledger?alone=yes", "/series", "/audit", "/audit/1", "/audit/1/1", "/events?q=acter:x"),
    *(f"/article/{visit_reading().article.id}", f"/event/{visit_reading().events[0].id}"),
    "/actor?name=Ine+Berg&country=NOR",
)
# The page in a frame as wide as a telephone; its own width becomes the title.
_FRAME = """<!doctype html><title>none</title><iframe src="page.html" width="360" height="800"></iframe><script>
document.querySelector("iframe").onload = (event) => {
  const page = event.target.contentDocument;
  const wide = [...page.querySelectorAll("main *")].filter((item) => item.getBoundingClientRect().right > 362);
  const told = wide.slice(0, 3).map((item) => item.outerHTML.slice(0, 80));
  document.title = page.documentElement.scrollWidth > 361 ? "wide " + told.join(" ") : "fits";
};</script>"""

pytestmark = pytest.mark.skipif(_BROWSER is None, reason="no `chromium` on the PATH")


def test_pages_fit_a_telephone(serve: Serve, tmp_path: Path) -> None:
    web = serve(visit_reading(), shelling_reading())
    web.post("/audit", data={"size": "3"}, headers=_HERE)
    style = resources.files("dateline.web").joinpath("static", "style.css").read_text("utf-8")
    (tmp_path / "frame.html").write_text(_FRAME, "utf-8")
    told = {}
    for address in _PAGES:
        page = re.sub(r"<link rel=\"stylesheet\"[^>]*>", lambda _: f"<style>{style}</style>", web.get(address).text)
        (tmp_path / "page.html").write_text(re.sub(r"<script[^>]*></script>", "", page), "utf-8")
        done = subprocess.run(
            [str(_BROWSER), *_FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"file://{tmp_path / 'frame.html'}"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
        told[address] = unescape(title[1]) if title else ""
    assert {address: said for address, said in told.items() if said != "fits"} == {}
