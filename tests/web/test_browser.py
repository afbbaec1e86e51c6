"""The script in a real browser: Debian's Chromium, where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from html import unescape
from importlib import resources
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from dateline.store.write import open_writer
from dateline.web.server import serve_record
from tests.store.samples import visit_reading

_BROWSER = shutil.which("chromium")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--dump-dom", "--enable-logging=stderr"),
)

pytestmark = pytest.mark.skipif(_BROWSER is None, reason="no `chromium` on the PATH")


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a record that is being served, without the last slash."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
    servers: list[uvicorn.Server] = []
    ready = threading.Event()
    said: list[str] = []
    run = uvicorn.Server.run

    def noted(self: uvicorn.Server, sockets: list[object] | None = None) -> None:
        servers.append(self)
        ready.set()
        run(self, sockets=sockets)  # type: ignore[arg-type]

    monkeypatch.setattr(uvicorn.Server, "run", noted)
    thread = threading.Thread(
        target=serve_record,
        args=(tmp_path / "record.db",),
        kwargs={"host": "127.0.0.1", "port": 0, "on_ready": said.append},
    )
    thread.start()
    assert ready.wait(10)
    yield said[0].rstrip("/")
    servers[0].should_exit = True
    thread.join(10)


def _dumped(page: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """The page as it is once its script has run."""
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    return subprocess.run(
        [str(_BROWSER), *_FLAGS, profile, page], capture_output=True, text=True, check=True, timeout=60
    )


def _acted(web: TestClient, address: str, acts: str, tmp_path: Path) -> str:
    """The title that `acts`, a script of the test, leaves on a page whose own script has run; the page lies in a file,
    where no policy keeps the test's script out."""
    script = resources.files("dateline.web").joinpath("static", "page.js").read_text("utf-8")
    page = re.sub(r"<script[^>]*></script>", "", web.get(address).text)
    press = "new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})"
    scripts = f"<script>{script}</script><script>const press = (to, key) => to.dispatchEvent({press});{acts}</script>"
    page = page.replace("</body>", f"{scripts}</body>")
    (tmp_path / "page.html").write_text(page, "utf-8")
    found = re.search(r"<title>(.*?)</title>", _dumped(f"file://{tmp_path / 'page.html'}", tmp_path).stdout)
    return unescape(found[1]) if found else ""


def test_the_address_of_a_fact_opens_its_card_and_lights_its_words(address: str, tmp_path: Path) -> None:
    done = _dumped(f"{address}/article/{visit_reading().article.id}#s1", tmp_path)
    assert re.search(r'<details class="card" id="s1" name="fact" open="">', done.stdout)
    assert done.stdout.count(" open=") == 1
    lit = re.findall(r'<a class="m [^"]*\blit\b[^"]*"[^>]*>([^<]*)', done.stdout)
    assert "We stand together," in lit and "That will not change." in lit and "visit" not in lit
    assert "Content Security Policy" not in done.stderr and "Uncaught" not in done.stderr


def test_fields_and_values_are_completed(web: TestClient, tmp_path: Path) -> None:
    acts = """
      const q = document.getElementById("q");
      const type = (text) => { q.value += text; q.setSelectionRange(q.value.length, q.value.length);
        q.dispatchEvent(new Event("input", {bubbles: true})); };
      type("ceasefire -stat"); press(q, "ArrowDown"); press(q, "Enter");
      type("de"); press(q, "ArrowDown"); press(q, "ArrowDown"); press(q, "Enter");
      document.title = q.value + "; " + document.getElementById("offers").hidden;
    """
    assert _acted(web, "/events", acts, tmp_path) == "ceasefire -status:demanded; true"


def test_clicks_and_keys_open_one_card_after_the_other(web: TestClient, tmp_path: Path) -> None:
    acts = """
      const opened = () => [...document.querySelectorAll(".card[open]")].map((card) => card.id).join("+");
      const told = [];
      const mark = [...document.querySelectorAll(".m")].find((item) => item.dataset.f === "a2 p2");
      mark.click(); told.push(opened()); mark.click(); told.push(opened());
      document.activeElement.blur(); press(document.body, "j"); told.push(opened());
      press(document.activeElement, "j"); told.push(opened());
      press(document.body, "1"); told.push(document.getElementById("layer-event").checked);
      document.title = told.join(" ");
    """
    assert _acted(web, f"/article/{visit_reading().article.id}", acts, tmp_path) == "a2 p2 e1 s1 false"


def test_a_sample_is_judged_by_keys(web: TestClient, tmp_path: Path) -> None:
    web.post("/audit", data={"size": "3"}, headers={"origin": "http://127.0.0.1:8421"})
    acts = """
      const told = [];
      document.addEventListener("submit", (event) => {
        event.preventDefault();
        told.push(event.submitter.value + " " + event.target.elements.field.value);
      });
      for (const key of ["s", "x", "n", "y"]) press(document.body, key);
      document.title = told.join(", ");
    """
    assert _acted(web, "/audit/1/1", acts, tmp_path) == "wrong status, wrong fact, right fact"
