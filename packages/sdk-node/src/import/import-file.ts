import type { Client } from "@memlane/core";
import type { ClientSettings } from "../client-options.ts";
import { sleep } from "../sleep.ts";
import { checkFormat } from "./check-format.ts";
import { openCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { importLines, type ImportLinesOptions, type ImportReport } from "./import-lines.ts";
import { openImportSource, type ImportSource } from "./import-source.ts";
import { splitLines } from "./split-lines.ts";

/** How to import a file. */
export interface ImportFileOptions extends ImportLinesOptions {
  /**
   * The path of the checkpoint file. After an interruption or a crash, import the same source with the same
   * checkpoint within 23 hours. Then the import continues, and each line is stored once. The file is deleted
   * when the import is done. The server must support `Idempotency-Key`. @default none: an interrupted import
   * cannot continue
   */
  readonly checkpoint?: string | undefined;
  /** Called before the first byte is read, with the number of bytes; undefined if the source does not have it. */
  readonly onOpen?: ((byteLength: number | undefined) => void) | undefined;
}

/**
 * Imports a source of any length with JSON lines (JSONL). Each line is a memory or a conversation.
 * @throws Error if the source or the checkpoint cannot be used; the message says what to do
 */
export async function importFile(
  client: Client,
  { baseUrl, orgId, maximumRetries }: Pick<ClientSettings, "baseUrl" | "orgId" | "maximumRetries">,
  source: ImportSource,
  { checkpoint: path, onOpen, ...options }: ImportFileOptions = {},
): Promise<ImportReport> {
  if (path !== undefined && options.supportsIdempotency === false) {
    throw new TypeError(
      "a checkpoint needs a server that supports Idempotency-Key: leave one of the two out",
    );
  }
  const runtime = { now: Date.now, random: Math.random, sleep };
  const { bytes, byteLength, close } = await openImportSource(source, options.signal);
  onOpen?.(byteLength);
  const identity = {
    server: baseUrl,
    org: orgId ?? null,
    userId: options.userId ?? null,
    limit: options.limit ?? null,
  };
  let checkpoint: Checkpoint | undefined;
  let isDone = false;
  try {
    const checked = await checkFormat(bytes);
    checkpoint = path === undefined ? undefined : await openCheckpoint(path, identity);
    const tools = { client, runtime, checkpoint };
    const { report, leftNothing } = await importLines(splitLines(checked), tools, options);
    // If the client repeats requests, an earlier try may have been accepted although the last one was refused.
    const hasNothing = leftNothing && report.settledThrough === 0 && maximumRetries === 0;
    isDone = report.isComplete || hasNothing;
    return report;
  } finally {
    close();
    await checkpoint?.close(isDone);
  }
}
