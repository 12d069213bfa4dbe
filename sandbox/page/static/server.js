// The one way from the page to the sandbox. Every act goes as whoever is acted as.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

/** Whom the page acts as: a user id. */
export const actor = () => document.documentElement.dataset.as;

/** Something that a person should read, such as why an act did not work: {text, kind}. */
export function tell(text, kind = "problem") {
  document.dispatchEvent(new CustomEvent("page:tell", { detail: { text, kind } }));
}

/**
 * Do something. Resolves to what the server answers: {ok, outcome, modals, ...}; `ok` is false
 * where it was not possible, and the person has then been told why. `options` are fetch's.
 */
export async function act(verb, args = {}, options = {}) {
  let answer;
  try {
    answer = await fetch(`/page/act/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sandbox-Token": meta("page-token") },
      body: JSON.stringify({ as: actor(), ...args }),
      ...options,
    });
  } catch {
    tell("The sandbox does not answer. Is it still running?");
    return { ok: false };
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) tell(body.error ?? "That did not work.");
  else if (body.outcome?.problem) tell(body.outcome.problem);
  if (body.modals !== undefined) {
    document.dispatchEvent(new CustomEvent("page:modals", { detail: { html: body.modals } }));
  }
  return { ok: answer.ok, ...body };
}

/** A part of the page, as HTML. */
export async function part(path, query = {}) {
  const given = Object.entries({ as: actor(), ...query }).filter(([, value]) => value != null);
  const answer = await fetch(`/page/${path}?${new URLSearchParams(given)}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}
