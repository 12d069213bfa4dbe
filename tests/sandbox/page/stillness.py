"""What moves on the page, as the browser tells it, and news held back until a frame of their own.

A layout shift as in https://wicg.github.io/layout-instability/: those of whoever has just pressed
or typed (`hadRecentInput`) do not count. A test that touches nothing has none of these, and says
so: what counts is then all there is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

NO_SHIFT = 0.01  # a tenth of what counts as good: https://web.dev/articles/cls

_FRAMES = """
const frames = async (count) => {
  while (count--) await new Promise(requestAnimationFrame);
};
"""
# The first callback runs before the frame is laid out, the second after it has been told of.
_SHIFTS = f"""async (since) => {{
  {_FRAMES}
  await document.fonts.ready;
  await frames(2);
  const watch = new PerformanceObserver(() => {{}});
  watch.observe({{ type: "layout-shift", buffered: true }});
  const seen = watch.takeRecords().filter((entry) => entry.startTime >= since);
  watch.disconnect();
  return seen.map((entry) => ({{ value: entry.value, excused: entry.hadRecentInput }}));
}}"""
_HOLD = """
window.held = null;
window.EventSource = class extends EventSource {
  addEventListener(name, handle) {
    super.addEventListener(name, (event) => {
      if (window.held && event.data) window.held.push({ name, event, handle });
      else handle(event);
    });
  }
};
"""
_RELEASE = f"""async ([messages, apart]) => {{
  {_FRAMES}
  const isMessage = ({{ name }}) => name === "message" || name === "gone";
  while (window.held.filter(isMessage).length < messages) await frames(1);
  const news = window.held;
  window.held = null;
  await frames(1);
  for (const {{ event, handle }} of news) {{
    handle(event);
    if (apart) await frames(2);
  }}
  await frames(2);
}}"""
_COMES_WITHIN = 5.0  # seconds


@dataclass(frozen=True)
class Stillness:
    """Watches over one tab. `hold_news` works on what is opened after `ready`."""

    tab: Page

    async def ready(self) -> None:
        """To come before the page is opened."""
        await self.tab.add_init_script(_HOLD)

    async def now(self) -> float:
        """The page's time, from which on to ask for shifts."""
        now: float = await self.tab.evaluate("performance.now()")
        return now

    async def shifted(self, since: float = 0.0) -> float:
        """The sum of all shifts since then; AssertionError where some were excused by input."""
        shifts: list[dict[str, Any]] = await self.tab.evaluate(_SHIFTS, since)
        assert not any(one["excused"] for one in shifts), shifts
        return sum((one["value"] for one in shifts), 0.0)

    async def hold_news(self) -> None:
        """Keep from the page what the server tells it."""
        await self.tab.evaluate("window.held = []")

    async def let_in(self, messages: int, *, apart: bool) -> None:
        """Once news of so many messages are there: all in one frame, or each in its own.

        TimeoutError where they do not come. (`wait_for_function` needs eval, which the page
        forbids.)
        """
        async with asyncio.timeout(_COMES_WITHIN):
            await self.tab.evaluate(_RELEASE, [messages, apart])
