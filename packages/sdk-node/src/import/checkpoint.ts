// The file by which an interrupted import is taken up: a line that names the import, and one for each chunk of its lines
// whose fate is known, in their order. A line that was torn by a crash is as good as none.
import { randomUUID } from "node:crypto";
import { open, readFile, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";
import { maximumErrors, nothingDone, type ImportProgress, type LineError } from "./tally.ts";

/** What an import is of: only the same one can be taken up. */
export interface ImportIdentity {
  /** Where the server is. */
  readonly server: string;
  /** Null where none was named. */
  readonly org: string | null;
  readonly userId: string | null;
  readonly limit: number | null;
}

/** How far an import had come. */
interface Resumption {
  /** The last line whose fate is known, as that of every line before it is; 0 for none. */
  readonly lastLine: number;
  /** A digest of the lines up to there. */
  readonly digest: string;
  /** What the import has done up to there. */
  readonly progress: ImportProgress;
  /** The failures among them, the first ones. */
  readonly errors: readonly LineError[];
}

/** An open checkpoint. */
export interface Checkpoint {
  /** The name of the import, the same each time that it is taken up. */
  readonly importId: string;
  /** Whether there was none before. */
  readonly isNew: boolean;
  readonly resumption: Resumption;
  /** Notes a chunk; resolves when that is on the disk. */
  readonly append: (record: Resumption) => Promise<void>;
  /** Closes it; with `isDone` there is nothing to take up, and the file is deleted. */
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

/** A server knows a request that is sent again for 24 hours; what was on its way is given one of them. */
const longestPauseMs = 23 * 60 * 60_000;

/**
 * Opens the checkpoint of an import, and makes one where there is none. Its name is on the disk before this resolves:
 * whatever is sent under it can be sent again.
 * @throws Error when the file is that of another import, or too old, saying what to do
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
      await file.truncate(position); // whatever a crash has torn
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
  /** How much of the file is whole. */
  readonly byteLength: number;
}

/** What a checkpoint holds; undefined where there is none, or one that was torn before it named its import. */
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
    // Without an organisation it is that of the key, which an organisation that is named now is held against.
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

/** Makes a new file's name durable, where folders can be synchronised. */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(path);
    await folder.sync();
  } catch {
    // Windows cannot, and does not need to.
  } finally {
    await folder?.close();
  }
}
