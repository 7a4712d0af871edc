/** What your backend does: it hands the work over, and tells the page the job's id and a token that reads that job. */
export async function importNotes(notes: readonly string[]): Promise<{ id: string; token: string }> {
  const { id, token } = await post("/v1/batch?token=true", {
    memories: notes.map((content) => ({ content })),
  });
  return { id, token };
}

/** Another token for a page that is still open when its first one has run out. Check that the user may see this job. */
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
