/** Your backend sends the notes to Memlane. The page gets the job's id and a token that can read that job. */
export async function importNotes(notes: readonly string[]): Promise<{ id: string; token: string }> {
  const { id, token } = await post("/v1/batch?token=true", {
    memories: notes.map((content) => ({ content })),
  });
  return { id, token };
}

/** A new token for a page whose token has expired. First check that the user may see this job. */
export async function tokenFor(id: string): Promise<string> {
  const { token } = await post(`/v1/jobs/${encodeURIComponent(id)}/token`);
  return token;
}

async function post(path: string, body?: unknown): Promise<{ id: string; token: string }> {
  const { MEMLANE_BASE_URL, MEMLANE_API_KEY } = process.env;
  const response = await fetch(MEMLANE_BASE_URL + path, {
    method: "POST",
    headers: { authorization: `Bearer ${MEMLANE_API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Memlane answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { id: string; token: string };
}
