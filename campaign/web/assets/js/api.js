// One way to speak to /api/v1 from a page: the cookie says who, the token says that the page meant it.

export class Refusal extends Error {
  /** What the server answered: its words for a person, its HTTP status, the fields to mend, and when to ask `after`, in seconds. */
  constructor({ detail, status, code, fields, after }) {
    super(detail || "Something on our side did not answer as it should. Please try again.");
    Object.assign(this, { status, code, fields: fields ?? {}, after });
  }
}

/** Send one request; resolves to the parsed body, rejects with `Refusal`, or with TypeError when nobody answered. */
export async function ask(method, path, body, { key, keepalive = false, seconds = 20 } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const answer = await fetch(path, {
    method, headers, keepalive, credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(seconds * 1000),
  });
  const parsed = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal({ ...parsed, status: answer.status, after: Number(answer.headers.get("Retry-After")) });
  return parsed;
}

/** A random key that makes a repeated request count once. Works without HTTPS too, where `randomUUID` does not. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
