"use client";

import { JobProgress, useJob } from "@memlane/sdk-browser/react";
import { useState } from "react";

interface Job {
  readonly id: string;
  readonly token: string;
  readonly baseUrl: string;
}

export function NoteForm() {
  const [job, setJob] = useState<Job | null>(null);
  const snapshot = useJob(job);

  async function importNote(form: FormData) {
    const body = JSON.stringify({ note: form.get("note") });
    const answer = await fetch("/import", { method: "POST", body });
    setJob(await answer.json());
  }

  return (
    <form action={importNote}>
      <input name="note" aria-label="Note" />
      <button>Import</button>
      <JobProgress snapshot={snapshot} label="Importing your note" />
    </form>
  );
}
