"""A real browser on somebody else's page, while the sandbox runs beside it."""

import contextlib
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.sandbox.page.browser import IN_BROWSER
from tests.sandbox.scene import Scene, manifest, scene

pytestmark = IN_BROWSER

TRIES = """
async ([sandbox, told]) => {
  const read = {};
  const body = JSON.stringify(told);
  const address = `${sandbox}/page/act/say`;
  const plain = { "Content-Type": "text/plain" };
  const json = { "Content-Type": "application/json", "X-Sandbox-Token": "guess" };
  const asked = async (name, address, options) => {
    try {
      const answer = await fetch(address, options);
      read[name] = answer.type === "opaque" ? "" : await answer.text();
    } catch { read[name] = ""; }
  };
  for (const credentials of ["include", "omit"]) {
    await asked(`post ${credentials}`, address,
      { method: "POST", mode: "no-cors", credentials, headers: plain, body });
    await asked(`cors ${credentials}`, address,
      { method: "POST", credentials, headers: json, body });
  }
  for (const path of ["/", "/inspector", "/inspector/lines", "/inspector/entries/call-1",
                      `/page/regions?as=${told.as}`, "/page/static/server.js"]) {
    await asked(`get ${path}`, sandbox + path, {});
    await asked(`no-cors ${path}`, sandbox + path, { mode: "no-cors" });
  }
  const form = "application/x-www-form-urlencoded";
  const call = new URLSearchParams({ token: told.token, channel: told.channel, text: told.text });
  await asked("call", `${sandbox}/api/chat.postMessage`,
    { method: "POST", headers: { "Content-Type": form }, body: call });
  await asked("call by address", `${sandbox}/api/chat.postMessage?${call}`, { mode: "no-cors" });
  await asked("control", `${sandbox}/control/say`, { method: "POST", mode: "no-cors", body });
  await asked("leave to install", sandbox + "/oauth/v2/authorize",
    { method: "POST", mode: "no-cors", headers: { "Content-Type": form },
      body: new URLSearchParams({ asking: told.asking, user: told.as, answer: "allow" }) });
  navigator.sendBeacon(address, new Blob([body], { type: "text/plain" }));
  const loads = (element) => new Promise((done) => {
    element.onload = () => done(true);
    element.onerror = () => done(false);
    document.body.append(element);
  });
  const script = Object.assign(document.createElement("script"),
    { type: "module", src: `${sandbox}/page/static/server.js` });
  read.script = (await loads(script)) ? "loaded" : "";
  const style = Object.assign(document.createElement("link"),
    { rel: "stylesheet", href: `${sandbox}/page/static/tokens.css` });
  read.style = (await loads(style)) ? "loaded" : "";
  for (const path of [`/page/live?as=${told.as}`, "/inspector/live"]) {
    read[`stream ${path}`] = await new Promise((done) => {
      const stream = new EventSource(sandbox + path);
      stream.onopen = () => done("open");
      stream.onerror = () => { stream.close(); done(""); };
    });
  }
  const sent = Object.assign(document.createElement("form"),
    { method: "post", action: address, enctype: "text/plain", target: "out" });
  const field = Object.assign(document.createElement("input"),
    { name: body.slice(0, -1) + ',"x":"', value: '"}' });
  const out = Object.assign(document.createElement("iframe"), { name: "out" });
  sent.append(field);
  document.body.append(out, sent);
  await new Promise((done) => { out.onload = done; sent.submit(); });
  const allowing = Object.assign(document.createElement("form"),
    { method: "post", action: sandbox + "/oauth/v2/authorize", target: "out" });
  for (const [name, value] of Object.entries(
    { asking: told.asking, user: told.as, answer: "allow" })) {
    allowing.append(Object.assign(document.createElement("input"), { name, value }));
  }
  document.body.append(allowing);
  await new Promise((done) => { out.onload = done; allowing.submit(); });
  const frame = document.createElement("iframe");
  frame.src = `${sandbox}/inspector`;
  read.frame = (await loads(frame)) && frame.contentDocument ? "readable" : "";
  return read;
}
"""


@contextlib.asynccontextmanager
async def _another_site() -> AsyncIterator[str]:
    """Another server of this machine, as a browser knows it: to it, a site of its own."""

    async def page(_request: Any) -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Elsewhere</title><body>Elsewhere</body>")

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        routes = [Route("/{any:path}", page)]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off")
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        try:
            yield f"http://{{}}:{listener.getsockname()[1]}/"
        finally:
            for listening in server.servers:
                listening.close()
            for connection in list(server.server_state.connections):
                connection.shutdown()


async def _tried(page: Page, the_scene: Scene, asking: str) -> dict[str, str]:
    """What the other site could read, though it knows the bot's token and what is asked."""
    told = {"as": the_scene.amara.id, "channel": the_scene.channel, "text": "Owned"}
    told |= {"token": the_scene.app.bot_token, "asking": asking}
    read: dict[str, str] = await page.evaluate(TRIES, [the_scene.sandbox.url, told])
    return read


async def test_no_site_reads_or_changes_anything(chromium: Browser) -> None:
    async with scene(manifest(events=())) as the_scene, _another_site() as address:
        await the_scene.client.auth_test()
        back = "https://coach.example/back"
        app = await the_scene.control.register(manifest(events=(), redirect_urls=[back]))
        installs = the_scene.sandbox.core.installs
        asking = installs.ask({"client_id": app.client_id, "scope": "chat:write"}).id
        for name in ("127.0.0.1", "localhost"):  # the same site at another port, and another site
            context = await chromium.new_context()
            page = await context.new_page()
            await page.goto(address.format(name))
            read = await _tried(page, the_scene, asking)
            assert {what: found for what, found in read.items() if found} == {}
            assert "Inspector" not in json.dumps([await frame.content() for frame in page.frames])
            await context.close()
        assert await the_scene.control.messages(the_scene.channel) == []
        assert [call["method"] for call in await the_scene.control.calls()] == ["auth.test"]
        assert installs.refuse(asking).startswith(back)


async def test_a_link_from_elsewhere_opens_the_page_but_keeps_no_hold_of_it(
    chromium: Browser,
) -> None:
    async with scene(manifest(events=())) as the_scene, _another_site() as address:
        context = await chromium.new_context()
        page = await context.new_page()
        await page.goto(address.format("localhost"))
        async with context.expect_page() as opening:
            await page.evaluate("to => { window.held = window.open(to) }", the_scene.sandbox.url)
        opened = await opening.value
        await opened.wait_for_load_state()
        assert await opened.evaluate("window.opener") is None
        assert await page.evaluate("window.held.closed")
        await context.close()
