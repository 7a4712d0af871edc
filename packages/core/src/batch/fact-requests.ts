import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { queryFlag } from "../dialect/query-flag.ts";
import { timestampWire } from "../dialect/timestamp.ts";
import { tenses } from "../memory/memory.ts";
import { filterId, filterText, optionalId } from "../dialect/optional-id.ts";
import { pageQuery } from "./page-query.ts";
import { withDefault } from "../dialect/with-default.ts";

const filterName = filterText(255);

const trimmed = (maximum: number) => z.pipe(z.string().check(z.trim()), boundedText(maximum, 1));
const subject = trimmed(200);
const predicate = trimmed(200);
const object = trimmed(500);

/** The body of `POST /v1/facts`. */
export const factRequestWire = z.strictObject({
  /** `self` for the user. 1 to 200 characters, like the predicate. */
  subject,
  /** Such as `works at`. */
  predicate,
  /** 1 to 500 characters. */
  object,
  user_id: optionalId,
  agent_id: optionalId,
  run_id: optionalId,
  /** Such as `person`. It is `self` for the user, whatever is sent. @default `unknown` */
  subject_type: z.optional(z.nullable(boundedText(20))),
  object_is_literal: withDefault(z.boolean(), false),
  /** From 0 to 1. */
  confidence: withDefault(z.number().check(z.gte(0), z.lte(1)), 0.9),
  /** When it became true. @default now */
  valid_from: z.optional(z.nullable(timestampWire)),
  /** `past` ends the fact that it restates; `planned` ends nothing. */
  tense: withDefault(z.enum(tenses), "current"),
});
/** What a client sends as a fact. */
export interface FactRequest extends z.input<typeof factRequestWire> {}

/** The body of `PATCH /v1/facts/{id}`: at least one part of the fact. */
export const factPatchWire = z
  .strictObject({
    subject: z.optional(z.nullable(subject)),
    predicate: z.optional(z.nullable(predicate)),
    object: z.optional(z.nullable(object)),
  })
  .check(
    z.refine((patch) => Object.values(patch).some((part) => part != null), {
      error: "must have a subject, a predicate or an object",
    }),
  );
/** What a client sends to correct a fact. */
export interface FactPatch extends z.input<typeof factPatchWire> {}

/** The body of `POST /v1/facts/{id}/forget`. */
export const forgetFactRequestWire = z.strictObject({
  /** When it stopped being true. @default now */
  at: z.optional(z.nullable(timestampWire)),
});

/** The query of `GET /v1/facts`. Other parameters are ignored: some clients send `run_id`. */
export const factListQueryWire = z.object({
  /** Only facts with this subject; `self` for the user. */
  subject: filterName,
  /** Only facts with this subject or object. */
  entity: filterText(500),
  predicate: filterName,
  predicate_family: filterName,
  user_id: filterId,
  agent_id: filterId,
  /** Also facts that are no longer true. */
  include_invalidated: queryFlag,
  /** Only facts that were true at this time. @default now */
  as_of: z.optional(timestampWire),
  ...pageQuery(200, 50),
});
/** Which facts to list. */
export interface FactListQuery extends Partial<
  Omit<z.output<typeof factListQueryWire>, "include_invalidated">
> {
  readonly include_invalidated?: boolean;
}
