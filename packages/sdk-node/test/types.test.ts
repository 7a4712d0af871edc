// What the types of the public surface promise; the compiler checks it (`check:types`), and nothing is run.
import { describe, expectTypeOf, it } from "vitest";
import { memoryTools, type FoundMemory } from "../src/ai.ts";
import * as sdk from "../src/index.ts";
import type {
  AnyJobWire,
  BatchJobWire,
  CallPromise,
  Client,
  ErrorCode,
  IngestJobWire,
  ImportReport,
  ImportSource,
  JobTimeout,
  LineOutcome,
  MemoryClient,
  NodeBatches,
  ResponseHead,
  WebhookEvent,
  WebhookRefusal,
} from "../src/index.ts";

declare const client: MemoryClient;
const conversation = { messages: [{ role: "user", content: "Hi!" }], user_id: "ann", conv_id: "c1" };

/** Written to be compiled. */
const unrun = (_: () => unknown) => {};

describe("the client", () => {
  it("has core's whole surface, and files beside", () => {
    expectTypeOf<MemoryClient>().toExtend<Client>();
    expectTypeOf<MemoryClient["batch"]>().toEqualTypeOf<NodeBatches>();
    unrun(() => {
      expectTypeOf(client.batch.importFile("file.jsonl")).resolves.toEqualTypeOf<ImportReport>();
      expectTypeOf<NodeBatches["importFile"]>().parameter(0).toEqualTypeOf<ImportSource>();
      // @ts-expect-error a number is no source
      return client.batch.importFile(1);
    });
  });

  it("can be made from the environment alone, or with options, but not with unknown ones", () => {
    expectTypeOf(sdk.MemoryClient).toBeConstructibleWith();
    expectTypeOf(sdk.MemoryClient).toBeConstructibleWith({ logger: console, baseUrl: new URL("http://a") });
    expectTypeOf(sdk.MemoryClient).toBeConstructibleWith({ fetch: (request) => fetch(request) });
    // @ts-expect-error there is no such option
    unrun(() => new sdk.MemoryClient({ timeout: 1 }));
  });

  it("resolves with jobs in the words of their dialect", () => {
    unrun(() => {
      expectTypeOf(client.memories.jobs.get("job_1")).toEqualTypeOf<CallPromise<IngestJobWire>>();
      expectTypeOf(client.memories.ingestAndWait(conversation)).resolves.toEqualTypeOf<IngestJobWire>();
      expectTypeOf(client.batch.pollUntilDone("job_1")).resolves.toEqualTypeOf<BatchJobWire>();
      expectTypeOf(client.batch.watch("job_1")).toEqualTypeOf<
        AsyncGenerator<BatchJobWire, void, undefined>
      >();
      expectTypeOf(client.jobs.get("job_1")).resolves.toEqualTypeOf<AnyJobWire>();
      // @ts-expect-error there is no such status
      return client.jobs.list({ status: "done" });
    });
  });

  it("distinguishes the two kinds of jobs by their fields", () => {
    const kindOf = (job: AnyJobWire) => {
      if ("received" in job) expectTypeOf(job).toEqualTypeOf<BatchJobWire>();
      else expectTypeOf(job).toEqualTypeOf<IngestJobWire>();
    };
    expectTypeOf(kindOf).toBeFunction();
  });

  it("has statuses that complete in an editor, and that a newer server may widen", () => {
    expectTypeOf<"succeeded">().toExtend<IngestJobWire["status"]>();
    expectTypeOf<string>().toExtend<IngestJobWire["status"]>();
  });

  it("gives each call its response too", () => {
    unrun(() =>
      expectTypeOf(client.batch.get("job_1").withResponse()).resolves.toEqualTypeOf<{
        readonly data: BatchJobWire;
        readonly response: ResponseHead;
      }>(),
    );
  });

  it("takes an abort signal of any runtime", () => {
    unrun(() => client.batch.get("job_1", { signal: AbortSignal.timeout(1) }));
  });

  it("does not take a conversation without its user, nor a memory with an unknown key", () => {
    // @ts-expect-error user_id is missing
    unrun(() => client.memories.ingest({ messages: [], conv_id: "c1" }));
    // @ts-expect-error there is no such key
    unrun(() => client.batch.create([{ content: "Likes tea.", userId: "ann" }]));
  });
});

describe("errors", () => {
  it("narrow a caught value", () => {
    const caught = (error: unknown) => {
      if (sdk.isJobTimeout(error)) {
        expectTypeOf(error).toEqualTypeOf<JobTimeout>();
        expectTypeOf(error.jobId).toEqualTypeOf<string>();
      }
      if (sdk.MemlaneError.is(error)) expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
      if (sdk.WebhookVerificationError.is(error)) {
        expectTypeOf(error.reason).toEqualTypeOf<WebhookRefusal>();
      }
    };
    expectTypeOf(caught).toBeFunction();
  });
});

describe("an outcome, and an event", () => {
  it("have what their kind has, and nothing else", () => {
    const tell = (line: LineOutcome) => {
      if (line.outcome === "landed") expectTypeOf(line.job).toEqualTypeOf<string>();
      else expectTypeOf(line.retryable).toEqualTypeOf<boolean | null>();
    };
    const hear = (event: WebhookEvent) => {
      if (event.event === "memory.learning.failed") expectTypeOf(event.error.code).toEqualTypeOf<string>();
      else expectTypeOf(event).not.toHaveProperty("error");
    };
    expectTypeOf([tell, hear]).toBeArray();
  });
});

describe("the tools of a model", () => {
  it("take any client, and come to memories", () => {
    unrun(() => {
      const { searchMemories } = memoryTools(client, { userId: "ann" });
      expectTypeOf<typeof searchMemories>().toHaveProperty("inputSchema");
      // @ts-expect-error whose memories they are is not left open
      return memoryTools(client, {});
    });
    expectTypeOf<FoundMemory["text"]>().toEqualTypeOf<string>();
  });
});

it("no export is any", () => {
  expectTypeOf<typeof sdk>().not.toBeAny();
  expectTypeOf(sdk.verifyWebhook).returns.not.toBeAny();
  expectTypeOf<IngestJobWire["result"]>().not.toBeAny();
  expectTypeOf<BatchJobWire["errors"][number]>().not.toBeAny();
});
