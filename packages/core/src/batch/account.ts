// How agents get and delete an organisation of their own.
import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { queryFlag } from "../dialect/query-flag.ts";

/** The body of `POST /v1/agents/init`. */
export const signupRequestWire = z.object({
  /** The name of the program that signs up. */
  agent_caller: z.optional(z.nullable(boundedText(255))),
  processing_region: z.optional(z.nullable(z.enum(["eu", "global"]))),
});
/** What an agent sends to sign up. */
export interface SignupRequest extends z.input<typeof signupRequestWire> {}

/** The answer to `POST /v1/agents/init`. */
export const signupWire = z.object({
  /** It is shown only here. */
  api_key: z.string(),
  tier: z.string(),
  region: z.string(),
  scopes: z.array(z.string()),
  /** 0 means no limit. */
  quotas: z.object({
    writes_per_month: z.int(),
    queries_per_month: z.int(),
    agents: z.int(),
  }),
});
/** A new organisation's key and limits in the wire format. */
export interface SignupWire extends z.output<typeof signupWire> {}

/** The query of `DELETE /v1/account`. */
export const accountDeletionQueryWire = z.object({
  /** Must be `true`. */
  confirm: queryFlag,
});

/** The answer to `DELETE /v1/account`. */
export const accountDeletionWire = z.object({
  deleted: z.literal(true),
  /** How many of each kind were removed; only the kinds that had any. */
  removed: z.record(z.string(), z.int()),
});
/** The deletion of an organisation in the wire format. */
export interface AccountDeletionWire extends z.output<typeof accountDeletionWire> {}
