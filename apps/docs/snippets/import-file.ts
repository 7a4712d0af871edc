import { MemoryClient } from "@memlane/sdk-node";

const client = new MemoryClient();

// Here each object is a line. A path or a stream works, too.
async function* rows() {
  yield { content: "Likes rowing.", user_id: "iris" };
  yield { content: "", user_id: "iris" };
  yield { content: "Plays the oboe.", user_id: "iris" };
}

const report = await client.batch.importFile(rows(), {
  checkpoint: `import-${process.pid}.checkpoint`,
  onOutcome: (line) =>
    console.log(
      line.line,
      line.outcome,
      line.outcome === "landed" ? "" : line.error,
    ),
});
console.log(
  report.counts.imported,
  "landed,",
  report.counts.failed,
  "failed; complete:",
  report.isComplete,
);
