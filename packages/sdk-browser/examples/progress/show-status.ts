import { watchJob } from "@memlane/sdk-browser";

export function showStatus(job: { id: string; token: string; baseUrl: string }, element: HTMLElement) {
  const watch = watchJob({ ...job, dialect: "batch" });
  return watch.subscribe(() => {
    const snapshot = watch.getSnapshot();
    switch (snapshot.phase) {
      case "waiting":
        break;
      case "progress":
        element.textContent = `${snapshot.job.imported} of ${snapshot.job.received}`;
        break;
      case "ended": // `status` shows whether it succeeded
        element.textContent = snapshot.job.status;
        break;
      case "failed": // the outcome is unknown
        element.textContent = snapshot.error.message;
    }
  });
}
