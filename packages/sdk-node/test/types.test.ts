// Tests of the public types. The compiler checks them (`check:types`); the code is not run.
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

/** Takes code that is only compiled, never run. */
const unrun = (_: () => unknown) => {};

describe("the client", () => {
  it("has all calls of core's client, and importFile", () => {
    expectTypeOf<MemoryClient>().toExtend<Client>();
    expectTypeOf<MemoryClient["batch"]>().toEqualTypeOf<NodeBatches>();
    unrun(() => {
      expectTypeOf(client.batch.importFile("file.jsonl")).resolves.toEqualTypeOf<ImportReport>();
      expectTypeOf<NodeBatches["importFile"]>().parameter(0).toEqualTypeOf<ImportSource>();
      // @ts-expect-error a number is not a source
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

  it("resolves with jobs in the format of their dialect", () => {
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

  it("has statuses that an editor completes, and accepts those of a newer server", () => {
    expectTypeOf<"succeeded">().toExtend<IngestJobWire["status"]>();
    expectTypeOf<string>().toExtend<IngestJobWire["status"]>();
  });

  it("also gives access to the HTTP response of a call", () => {
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

  it("refuses a conversation without a user, and a memory with an unknown key", () => {
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

describe("an outcome and an event", () => {
  it("have only the fields of their kind", () => {
    const onOutcome = (line: LineOutcome) => {
      if (line.outcome === "landed") expectTypeOf(line.job).toEqualTypeOf<string>();
      else expectTypeOf(line.retryable).toEqualTypeOf<boolean | null>();
    };
    const hear = (event: WebhookEvent) => {
      if (event.event === "memory.learning.failed") expectTypeOf(event.error.code).toEqualTypeOf<string>();
      else if (event.event === "quota.warning") expectTypeOf(event.data.used).toEqualTypeOf<number>();
      else expectTypeOf(event).not.toHaveProperty("error");
    };
    expectTypeOf([onOutcome, hear]).toBeArray();
  });
});

describe("the tools of a model", () => {
  it("take any client, need a user, and return memories", () => {
    unrun(() => {
      const { searchMemories } = memoryTools(client, { userId: "ann" });
      expectTypeOf<typeof searchMemories>().toHaveProperty("inputSchema");
      // @ts-expect-error userId is missing
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
