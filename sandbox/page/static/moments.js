// A wall's time and the moment it stands for, in a zone that need not be the browser's.

/** The Unix seconds of `2026-11-21T10:00` on a wall in `zone`. */
export function momentOf(wall, zone) {
  const asUtc = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  // Twice: the first guess may fall on the other side of a change of clocks.
  const guess = asUtc - ahead(asUtc, zone);
  return (asUtc - ahead(guess, zone)) / 1000;
}

/** How many milliseconds a wall in `zone` is ahead of UTC at a moment. */
function ahead(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(moment);
  const at = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - moment;
}
