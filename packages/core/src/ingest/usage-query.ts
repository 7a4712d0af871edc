import * as z from "zod/mini";
import { queryFlag } from "../dialect/query-flag.ts";

/** The query of `GET /v1/usage`. */
export const usageQueryWire = z.object({ daily: queryFlag, by_api_key: queryFlag });

/** Which parts of the usage to read. */
export interface UsageQuery {
  /** The counts of each day. @default false */
  readonly daily?: boolean;
  /** The counts of each API key. @default false */
  readonly by_api_key?: boolean;
}
