import type { BatchJobWire } from "@memlane/core";
import { useMutation } from "@tanstack/react-query";
import { ErrorState } from "../../parts/error-state.tsx";
import { useSession } from "../../session/session.tsx";
import { linesOfFailed } from "./lines-of-failed.ts";

/** Downloads the failed items as JSONL, each with its error and, if the server still has it, the item itself. */
export function DownloadFailed({ job }: { readonly job: BatchJobWire }) {
  const { client } = useSession();
  const download = useMutation({
    mutationFn: async () => {
      const { request } = await client.operations.request(job.id).catch(() => ({ request: undefined }));
      saveFile(`${job.id}-failed.jsonl`, linesOfFailed(job, request));
    },
  });
  return (
    <>
      <button type="button" disabled={download.isPending} onClick={() => download.mutate()}>
        Download as JSONL
      </button>
      {download.error !== null && <ErrorState error={download.error} />}
    </>
  );
}

function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
