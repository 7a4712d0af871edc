import { watchJob } from "@memlane/sdk-browser";

const form = document.querySelector("form")!;
const bar = document.querySelector("progress")!;
const status = document.querySelector("[role=status]")!;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  importNotes(form["notes"].value).catch(
    (error) => (status.textContent = error.message),
  );
});

async function importNotes(notes: string): Promise<void> {
  const { id, token, baseUrl } = JSON.parse(
    await post("/import", notes),
  );
  const watch = watchJob({
    id,
    token,
    baseUrl,
    dialect: "batch",
    refreshToken: () => post(`/token?id=${id}`),
  });
  watch.subscribe(() => {
    const snapshot = watch.getSnapshot();
    if (snapshot.phase === "waiting") return;
    if (snapshot.phase === "failed") {
      status.textContent = snapshot.error.message;
      return;
    }
    const { received, imported, failed } = snapshot.job;
    bar.max = received;
    bar.value = imported + failed;
    status.textContent = `${imported} of ${received} notes are in.`;
  });
}

async function post(path: string, body = ""): Promise<string> {
  const response = await fetch(path, { method: "POST", body });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}
