import { samples, type Sample, type SampleDialect } from "./samples.ts";

/** Where the samples are sent. */
export interface SampleServer {
  readonly origin: string;
  readonly apiKey: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** A sample with the ids that it takes from other answers. */
export interface PreparedSample {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/** The answer to a sample. */
interface SampleAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends samples to one server, each at most once. */
export interface SampleSender {
  /** Sends what the sample needs, and fills in the ids. */
  readonly prepare: (name: string) => Promise<PreparedSample>;
  /** Sends a sample. Rejects if the answer is an error. */
  readonly send: (name: string) => Promise<SampleAnswer>;
}

const attempts = 20;
const retryDelayMs = 200;

/** The header with the key, in the usual form of a dialect. */
export const keyHeader = (dialect: SampleDialect, key: string): readonly [name: string, value: string] =>
  dialect === "ingest" ? ["x-api-key", key] : ["Authorization", `Bearer ${key}`];

/** Finds the sample of an operation. */
export function sampleOf(name: string): Sample {
  const sample = new Map<string, Sample>(Object.entries(samples)).get(name);
  if (sample === undefined) throw new Error(`Add a sample of ${name} to src/live/samples.ts.`);
  return sample;
}

/** Creates a sender for a server. */
export function createSampleSender({ origin, apiKey, fetch }: SampleServer): SampleSender {
  const answers = new Map<string, Promise<SampleAnswer>>();

  async function prepare(name: string): Promise<PreparedSample> {
    const { request, body, after = [] } = sampleOf(name);
    for (const earlier of after) await send(earlier);
    const [method = "", path = ""] = (await fillIn(request)).split(" ");
    return { method, path, body: body === undefined ? undefined : await fillIn(JSON.stringify(body)) };
  }

  async function fillIn(text: string): Promise<string> {
    let filled = text;
    for (const [whole, name = "", path = ""] of text.matchAll(/\{(\w+)\.([\w.]+)\}/g)) {
      const answer = await send(name);
      filled = filled.replace(whole, readField(JSON.parse(answer.text), path));
    }
    return filled;
  }

  const send = (name: string): Promise<SampleAnswer> => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = prepare(name).then((prepared) => sendPrepared(name, prepared));
    answers.set(name, answer);
    return answer;
  };

  async function sendPrepared(name: string, { method, path, body }: PreparedSample): Promise<SampleAnswer> {
    const { dialect, until = "" } = sampleOf(name);
    const headers = [
      keyHeader(dialect, apiKey),
      ...(body === undefined ? [] : [["content-type", "application/json"] as const]),
    ].map(([header, value]): [string, string] => [header, value]);
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(
        new Request(new URL(path, origin), { method, headers, body: body ?? null }),
      );
      const { status } = response;
      const text = await response.text();
      if (status >= 400) throw new Error(`The sample of ${name} was answered with ${status}: ${text}`);
      if (text.includes(until) || attempt === attempts) return { status, text };
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
    }
  }

  return { prepare, send };
}

/** The text at a path such as `data.0.id` of a document. */
function readField(document: unknown, path: string): string {
  const found = path
    .split(".")
    .reduce<unknown>((value, key) => new Map(Object.entries(Object(value))).get(key), document);
  if (typeof found !== "string")
    throw new Error(`There is no text at ${path} in ${JSON.stringify(document)}.`);
  return found;
}
