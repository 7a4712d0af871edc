import * as z from "zod/mini";
import { boundedText, replaceableText } from "../dialect/bounded-text.ts";
import { optionalId } from "../dialect/optional-id.ts";
import { memoryTypes } from "../memory/memory.ts";
import { messageContentWire } from "./message-content.ts";
import { withDefault } from "../dialect/with-default.ts";

const name = boundedText(255, 1);
const optionalName = z.optional(z.nullable(name));
const optionalText = z.optional(z.nullable(boundedText(255)));
const optionalLabel = z.optional(z.nullable(replaceableText(255)));

/** How many messages one conversation may contain. */
export const maximumMessages = 10_000;

/** One message of a conversation. */
export const messageWire = z.object({
  role: replaceableText(64, 1).check(z.meta({ description: "Who speaks: `user`, `assistant`, or a name." })),
  /** The speaker, if several people have this role, like OpenAI's `name`. Up to 255 characters. */
  name: optionalLabel,
  content: z.optional(z.nullable(messageContentWire)),
  /** When it was said, in ISO 8601 or in `timestamp_format`. An unreadable date is ignored. */
  date: optionalLabel,
  /** The client's own id of the message, which memories refer to; up to 255 characters. */
  dia_id: optionalLabel,
});

/** The body of `POST /v1/memories` in the ingest dialect. */
export const ingestRequestWire = z.object({
  /** In the order in which they were said; 1 to 10,000. */
  messages: z.array(messageWire).check(z.minLength(1), z.maxLength(maximumMessages)),
  /** The user to remember things about; 1 to 255 characters. */
  user_id: name,
  /** The id of the conversation; 1 to 255 characters. */
  conv_id: name,
  agent_id: optionalId,
  app_id: optionalId,
  /** The format of the messages' dates, in the notation of `strptime`. */
  timestamp_format: optionalText,
  /** Whether to keep code, lists and documents as a whole. @default false */
  extract_artifacts: withDefault(z.boolean(), false),
  agentic: withDefault(z.boolean(), false),
  namespace: z.optional(z.nullable(boundedText(256))),
  /** Groups that may see memories that are not personal, up to 20. Unknown and archived ones come back in `ignored_group_ids`. */
  group_ids: withDefault(z.array(boundedText(255)).check(z.maxLength(20)), []),
});
/** What a client sends to have a conversation ingested. */
export interface IngestRequest extends z.input<typeof ingestRequestWire> {}

/** The query of `GET /v1/memories` in the ingest dialect. */
export const ingestListQueryWire = z.object({
  user_id: z.optional(name),
  agent_id: z.optional(name),
  conv_id: z.optional(name),
  app_id: z.optional(name),
  group_id: z.optional(boundedText(255)),
  type: z.optional(z.enum(memoryTypes)),
  cursor: z.optional(z.string()),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
  order: z._default(z.enum(["created_at_desc", "created_at_asc"]), "created_at_desc"),
  include: z.optional(
    z.string().check(
      z.refine((list) => list.split(",").every((option) => ["", "full_content"].includes(option.trim())), {
        error: "supports only full_content",
      }),
      z.meta({ description: "More fields, separated by commas: `full_content`." }),
    ),
  ),
});

/** Filters of a list of memories. */
export interface ListQuery {
  readonly user_id?: string;
  readonly agent_id?: string;
  readonly conv_id?: string;
  readonly app_id?: string;
  readonly group_id?: string;
  readonly type?: (typeof memoryTypes)[number];
  /** The `next_cursor` of the previous page. */
  readonly cursor?: string;
  /** Memories per page, 1 to 500. @default 50 */
  readonly limit?: number;
  /** @default "created_at_desc" */
  readonly order?: "created_at_desc" | "created_at_asc";
}

/** What a search can add to each memory that it finds. */
export const expansions = ["facts", "episodes", "artifacts"] as const;
/** A kind of related memories. */
export type Expansion = (typeof expansions)[number];

const scopes = ["user_id", "agent_id", "app_id", "group_ids"] as const;

/** The body of `POST /v1/memories/search` in the ingest dialect. */
export const ingestSearchRequestWire = z
  .object({
    /** 1 to 4,000 characters. */
    query: boundedText(4000, 1),
    /**
     * At least one of `user_id`, `agent_id`, `app_id` and `group_ids`. A memory must match all that
     * are given.
     */
    user_id: optionalName,
    agent_id: optionalName,
    app_id: optionalName,
    group_ids: z.optional(z.nullable(z.array(boundedText(255)).check(z.maxLength(100)))),
    /** `compose` also makes a block of Markdown for a prompt. @default "compose" */
    mode: withDefault(z.enum(["compose", "retrieve"]), "compose"),
    /** Only memories of these types. A type may not appear twice. */
    include: z.optional(
      z.nullable(
        z.array(z.enum(memoryTypes)).check(
          z.refine((types) => new Set(types).size === types.length, { error: "must not repeat a type" }),
          z.meta({ uniqueItems: true }),
        ),
      ),
    ),
    /** Adds `expanded` to each memory: related memories from the same messages that match the scope. @default none */
    expand: z.optional(z.nullable(z.array(z.enum(expansions)).check(z.maxLength(expansions.length)))),
    /** 1 to 500. @default 10 */
    limit: withDefault(z.int().check(z.gte(1), z.lte(500)), 10),
  })
  .check(
    z.refine((body) => scopes.some((scope) => (body[scope]?.length ?? 0) > 0), {
      error: `needs at least one of ${scopes.join(", ")}`,
    }),
  );
/** What a client sends to search. */
export interface SearchRequest extends z.input<typeof ingestSearchRequestWire> {}
