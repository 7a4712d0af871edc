// The checkpoint file of an import, from which an interrupted import continues. Its first line names the
// import; each further line is a finished chunk, in order. A line that a crash cut off is ignored.
import { randomUUID } from "node:crypto";
import { open, readFile, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";
import { maximumErrors, nothingDone, type ImportProgress, type LineError } from "./tally.ts";

/** The identity of an import: only the same import can continue. */
export interface ImportIdentity {
  /** The server's URL. */
  readonly server: string;
  /** Null if none was given. */
  readonly org: string | null;
  readonly userId: string | null;
  readonly limit: number | null;
}

/** The progress of an import. */
interface Resumption {
  /** The last line up to which all lines are finished; 0 for none. */
  readonly lastLine: number;
  /** A digest of the lines up to there. */
  readonly digest: string;
  /** The counts up to there. */
  readonly progress: ImportProgress;
  /** The first failures up to there. */
  readonly errors: readonly LineError[];
}

/** An open checkpoint. */
export interface Checkpoint {
  /** The id of the import. It stays the same when the import continues. */
  readonly importId: string;
  /** Whether the checkpoint is new. */
  readonly isNew: boolean;
  readonly resumption: Resumption;
  /** Records a chunk; resolves when it is on the disk. */
  readonly append: (record: Resumption) => Promise<void>;
  /** Closes the file. With `isDone` nothing is left to do, and the file is deleted. */
  readonly close: (isDone: boolean) => Promise<void>;
}

const counts = z.object({
  lines: z.number(),
  jobs: z.number(),
  created: z.number(),
  updated: z.number(),
  imported: z.number(),
  failed: z.number(),
  unsent: z.number(),
  settledLines: z.number(),
  settledBytes: z.number(),
});
const lineError = z.object({
  line: z.number(),
  error: z.string(),
  code: z.nullable(z.string()),
  retryable: z.nullable(z.boolean()),
  job: z.nullable(z.string()),
});
const identityWire = z.object({
  server: z.string(),
  org: z.nullable(z.string()),
  userId: z.nullable(z.string()),
  limit: z.nullable(z.number()),
});
const headWire = z.object({
  memlaneImport: z.literal(1),
  importId: z.string(),
  ...identityWire.shape,
  at: z.number(),
});
const recordWire = z.object({
  lastLine: z.int(),
  digest: z.string(),
  progress: counts,
  errors: z.array(lineError),
  at: z.number(),
});

/** A server remembers idempotency keys for 24 hours. One hour is left for the requests. */
const longestPauseMs = 23 * 60 * 60_000;

/**
 * Opens the checkpoint of an import, or creates it. The import's id is on the disk before this resolves, so that
 * every request can be repeated with the same idempotency key.
 * @throws Error if the file belongs to another import or is too old; the message says what to do
 */
export async function openCheckpoint(
  path: string,
  identity: ImportIdentity,
  now: () => number = Date.now,
): Promise<Checkpoint> {
  const kept = await readCheckpoint(path, identity, now());
  const file = await open(path, kept === undefined ? "w" : "r+");
  try {
    let position = kept?.byteLength ?? 0;
    const write = async (entry: object) => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      await file.write(line, 0, line.length, position);
      await file.datasync();
      position += line.length;
    };
    const importId = kept?.importId ?? randomUUID();
    if (kept === undefined) {
      await write({ memlaneImport: 1, importId, ...identity, at: now() });
      await syncFolder(dirname(path));
    } else {
      await file.truncate(position); // a line that a crash cut off
    }
    return {
      importId,
      isNew: kept === undefined,
      resumption: kept?.resumption ?? { lastLine: 0, digest: "", progress: nothingDone, errors: [] },
      append: (record) => write({ ...record, at: now() }),
      async close(isDone) {
        await file.close();
        if (isDone) await rm(path, { force: true });
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface Kept {
  readonly importId: string;
  readonly resumption: Resumption;
  /** How many bytes of the file are complete. */
  readonly byteLength: number;
}

/** The content of a checkpoint; undefined if the file is missing or its first line is incomplete. */
async function readCheckpoint(
  path: string,
  identity: ImportIdentity,
  nowMs: number,
): Promise<Kept | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const [first, ...lines] = text.split("\n").slice(0, -1);
  if (first === undefined) {
    if (text === "" || text.startsWith('{"memlaneImport"')) return undefined;
    throw new Error(`${path} is not the checkpoint of an import: name another file`);
  }
  const head = headWire.safeParse(parseJson(first)).data;
  if (head === undefined) throw new Error(`${path} is not the checkpoint of an import: name another file`);
  for (const [name, value] of Object.entries(identity)) {
    const began = head[name as keyof ImportIdentity];
    // The import began without an organisation, so the server used the key's. The server refuses any other.
    if (began === value || (name === "org" && began === null)) continue;
    throw new Error(
      `the import of ${path} was begun with ${name} ${JSON.stringify(began)}, not ${JSON.stringify(value)}: ` +
        "take it up with the same, or delete that file to begin anew",
    );
  }

  let byteLength = Buffer.byteLength(first) + 1;
  let last: z.output<typeof recordWire> | undefined;
  const errors: LineError[] = [];
  for (const line of lines) {
    const record = recordWire.safeParse(parseJson(line)).data;
    if (record === undefined) break;
    byteLength += Buffer.byteLength(line) + 1;
    errors.push(...record.errors.slice(0, maximumErrors - errors.length));
    last = record;
  }
  const { lastLine = 0, digest = "", progress = nothingDone, at = head.at } = last ?? {};
  if (nowMs - at > longestPauseMs) {
    const hours = Math.floor((nowMs - at) / 3_600_000);
    throw new Error(
      `the import of ${path} was left ${hours} hours ago, and a server knows for 24 what it was sent: lines after ` +
        `${lastLine} may have landed or not. Find out which, delete that file, and import the rest`,
    );
  }
  return { importId: head.importId, resumption: { lastLine, digest, progress, errors }, byteLength };
}

/** Synchronises a folder with the disk, so that a crash cannot lose the name of a new file. */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(path);
    await folder.sync();
  } catch {
    // Windows cannot synchronise folders, and does not need to.
  } finally {
    await folder?.close();
  }
}
