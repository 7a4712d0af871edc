// The page of the example: a form, and the progress of the import.
import { useEffect, useRef, useState, type FormEvent } from "react";
import { createRoot } from "react-dom/client";
import { ImportProgress } from "./import-progress.tsx";
import { showStatus } from "./show-status.ts";

interface Job {
  readonly id: string;
  readonly token: string;
  readonly baseUrl: string;
}

function App() {
  const [job, setJob] = useState<Job>();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const response = await fetch("/import", { method: "POST", body: new FormData(event.currentTarget) });
    setJob((await response.json()) as Job);
  }
  return (
    <main>
      <h1>Import notes</h1>
      <form onSubmit={(event) => void send(event)}>
        <label htmlFor="notes">One note a line</label>
        <textarea id="notes" name="notes" rows={8} defaultValue={notes} />
        <button type="submit">Import</button>
      </form>
      {job && <ImportProgress key={job.id} {...job} />}
      {job && <PlainStatus key={`plain ${job.id}`} job={job} />}
    </main>
  );
}

/** Shows the same job without React, over the same connection. */
function PlainStatus({ job }: { job: Job }) {
  const element = useRef<HTMLOutputElement>(null);
  useEffect(() => showStatus(job, element.current!), [job]);
  return (
    <p className="plain">
      Without a framework: <output ref={element} />
    </p>
  );
}

const notes = ["Sam likes tea.", "Sam lives in Berlin.", "", "Sam plays the cello."].join("\n");

createRoot(document.body).render(<App />);
