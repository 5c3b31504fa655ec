// The API, and who asks it.

export const session = { me: null, ended: () => {} };

export async function call(method, path, body) {
  const headers = {};
  if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    headers["X-Sallyport-Csrf"] = session.me?.csrf ?? "";
  }
  const response = await fetch("/api/v1" + path, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin" });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    if (response.status === 401 && session.me) {
      session.ended();
    }
    throw new Error(answer.message ?? "the server answered " + response.status);
  }
  return answer;
}
