import type { BatchJobView } from "@memlane/core/internal";
import { ActionButton } from "../../parts/action-button.tsx";
import { useSession } from "../../session/session.tsx";
import { linesOfFailed } from "./lines-of-failed.ts";

/** Downloads the failed items as JSONL, each with its error and, if the server still has it, the item itself. */
export function DownloadFailed({ job }: { readonly job: BatchJobView }) {
  const { client } = useSession();
  const download = async () => {
    const { request } = await client.operations.request(job.id).catch(() => ({ request: undefined }));
    saveFile(`${job.id}-failed.jsonl`, linesOfFailed(job, request));
  };
  return <ActionButton text="Download as JSONL" act={download} />;
}

function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
