import {
  createClient,
  type Agents,
  type Batches,
  type Client,
  type Events,
  type Facts,
  type Groups,
  type Jobs,
  type Memories,
  type Operations,
  type ReadUsage,
  type Users,
  type Webhooks,
} from "@memlane/core";
import { normaliseOptions, type MemoryClientOptions } from "./client-options.ts";
import { readEnvironment } from "./environment.ts";
import type { ImportFileOptions } from "./import/import-file.ts";
import type { ImportReport } from "./import/import-lines.ts";
import type { ImportSource } from "./import/import-source.ts";
import { createRuntime } from "./runtime.ts";

/** Batches of memories, and imports of whole files. */
export interface NodeBatches extends Batches {
  /**
   * Imports lines of JSON (JSONL); each is a memory or a conversation. A batch has at most 500 lines, and at
   * most three batches are unfinished at a time. Resolves even if lines were not stored or the server ended
   * the import: check the report.
   * @throws Error if the source or the checkpoint cannot be used; the message says what to do
   */
  importFile(source: ImportSource, options?: ImportFileOptions): Promise<ImportReport>;
}

/**
 * A client of one server for one organisation.
 *
 * @example
 * import { MemoryClient } from "@memlane/sdk-node";
 *
 * const client = new MemoryClient({ apiKey, orgId, baseUrl });
 * const messages = [{ role: "user", content: "I live in Oslo." }];
 * const job = await client.memories.ingest({ messages, user_id: "ann", conv_id: "c1" });
 * const { status, result } = await client.memories.jobs.pollUntilDone(job.id);
 * console.log(status, result?.memories_created);
 */
export class MemoryClient implements Client {
  /** Conversations to submit, and the memories made from them. */
  readonly memories: Memories;
  /** Batches of up to 500 memories, which are stored as they are, and imports of files, which may also have conversations. */
  readonly batch: NodeBatches;
  /** The jobs of both kinds: conversations and batches. */
  readonly jobs: Jobs;
  readonly users: Users;
  readonly agents: Agents;
  /** A page of the audit log, newest first. */
  readonly audit: Client["audit"];
  /** Checks the key. Counts toward no limit. */
  readonly ping: Client["ping"];
  /** Everything that the organisation has stored, as lines that `batch.importFile` reads. */
  readonly export: Client["export"];
  /** Facts: mined from memories, found in conversations, or added by a client. */
  readonly facts: Facts;
  /** The memories that were written, and whether their facts are mined. */
  readonly events: Events;
  /** What is true about a user now, or was true at `as_of`. */
  readonly profile: Client["profile"];
  /** A text for a prompt within a budget of tokens: facts, and memories that match the query. */
  readonly context: Client["context"];
  /** Groups of memories that several users share. */
  readonly groups: Groups;
  /** Reads what the organisation has done this month and what it stores. */
  readonly usage: ReadUsage;
  /** For operators: what runs, what failed and why. */
  readonly operations: Operations;
  /** The URLs to which the server posts events. */
  readonly webhooks: Webhooks;
  /** Deletes the organisation, with all that it has stored and all its keys. Only an organisation that signed up by itself can. */
  readonly deleteAccount: Client["deleteAccount"];

  /** @throws TypeError if a required option is neither given nor in the environment */
  constructor(options: MemoryClientOptions = {}) {
    const settings = normaliseOptions(options, readEnvironment());
    const client = createClient(createRuntime(settings), settings);
    this.memories = client.memories;
    this.jobs = client.jobs;
    this.users = client.users;
    this.agents = client.agents;
    this.audit = client.audit;
    this.ping = client.ping;
    this.export = client.export;
    this.facts = client.facts;
    this.events = client.events;
    this.profile = (query, callOptions) => client.profile(query, callOptions);
    this.context = (query, callOptions) => client.context(query, callOptions);
    this.groups = client.groups;
    this.usage = client.usage;
    this.operations = client.operations;
    this.webhooks = client.webhooks;
    this.deleteAccount = client.deleteAccount;
    this.batch = {
      ...client.batch,
      // Loaded on first use, so that other programs do not load its code.
      importFile: async (source, importOptions) =>
        (await import("./import/import-file.ts")).importFile(client, settings, source, importOptions),
    };
  }
}
