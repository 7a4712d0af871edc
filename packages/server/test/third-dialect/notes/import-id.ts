import { type IdCodec, type JobId } from "@memlane/core";
import { parseUuidHex, printUuidHex } from "@memlane/core/internal";

const prefix = "IMP-";

/** Ids of imports: `IMP-` and 32 hex digits in upper case. */
export const importIds: IdCodec<JobId> = {
  prefix,
  parse: (text) => (text.startsWith(prefix) ? (parseUuidHex(text.slice(prefix.length)) as JobId) : undefined),
  print: (id) => prefix + printUuidHex(id).toUpperCase(),
};
