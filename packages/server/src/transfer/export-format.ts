// The format of an export, as lines of text that are compressed with gzip: a header, then for each table its name,
// its rows in the format of PostgreSQL's COPY, a line `\.`, and its count and hash; and a last line.
import * as z from "zod/mini";

/** Ends the rows of a table. COPY never writes it, because it writes a backslash as two. */
export const endOfRows = "\\.";

/** The first line. */
export const header = z.object({
  format: z.literal("memlane-export-1"),
  /** The version of Memlane that made it. */
  memlane: z.string(),
  at: z.string(),
  /** The migrations of its schema. */
  migrations: z.array(z.string()),
});

/** Before the rows of a table. */
const tableLine = z.object({ table: z.string(), columns: z.array(z.string()) });

/** After the rows of a table. */
export const digestLine = z.object({ rows: z.number(), hash: z.string() });

/** The last line. Without it, the file is cut off. */
const lastLine = z.object({ end: z.literal(true) });

/** What may come after the header, or after a table. */
export const tableOrLastLine = z.union([tableLine, lastLine]);

/** How far a copy is. */
interface CopyProgress {
  readonly table: string;
  readonly rows: number;
  /** From PostgreSQL's statistics; undefined in an import. */
  readonly estimatedRows?: number;
}

/** Called after each row. */
export type OnCopyProgress = (progress: CopyProgress) => void;
