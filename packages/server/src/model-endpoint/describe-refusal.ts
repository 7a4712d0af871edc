import { parseRetryAfter } from "@memlane/core/internal";
import * as z from "zod";
import { EndpointError, type EndpointFault, type Parameter } from "./endpoint-error.ts";
import { endpointSentence, type Confidential } from "./endpoint-sentence.ts";

const text = z.string().optional().catch(undefined);
const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const place = z.array(z.union([z.string(), z.number()])).catch([]);
const detail = z.object({ loc: place, msg: text }).partial();

/** The forms in which endpoints report an error. */
const problem = z
  .object({ message: text, code: word, type: word, param: word, status: word, msg: text })
  .partial()
  .catch({});
const refusal = z.object({
  error: z.union([z.string().transform((message) => ({ message })), problem]).optional(),
  errors: z.array(problem).optional().catch(undefined),
  detail: z
    .union([z.string(), z.array(detail)])
    .optional()
    .catch(undefined),
  message: text,
  msg: text,
});

/** The explanation of an endpoint that refuses a request. */
interface Complaint {
  /** For a person to read. */
  readonly sentence: string;
  /** The sentence and all codes, to find out what the complaint is about. */
  readonly hints: string;
}

/** Reads the body of a refusal. */
function readComplaint(body: unknown): Complaint {
  const read = refusal.safeParse(Array.isArray(body) ? body[0] : body);
  if (!read.success) return { sentence: "", hints: "" };
  const { error, errors, detail: details, message, msg } = read.data;
  const problems = [error ?? {}, ...(errors ?? [])].map((each) => problem.parse(each));
  const ofDetail =
    typeof details === "string"
      ? details
      : (details ?? []).map(({ loc = [], msg: said = "" }) => `${loc.join(".")}: ${said}`).join("; ");
  const sentences = [...problems.map((each) => each.message ?? each.msg), message, msg, ofDetail];
  const sentence = sentences.find((each) => each !== undefined && each !== "") ?? "";
  const codes = problems.flatMap(({ code, type, param, status }) => [code, type, param, status]);
  return {
    sentence,
    hints: [sentence, ...codes]
      .filter((each) => each !== undefined)
      .join(" ")
      .slice(0, 4000),
  };
}

/** Whether the body of an answer with a successful status is an error. Some gateways send such answers. */
export function isRefusal(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    "error" in body &&
    body.error !== null &&
    !("choices" in body || "data" in body)
  );
}

/** The status in the body of such an answer; 400 if there is none. */
export function statusWithin(body: unknown): number {
  const read = z
    .object({ error: z.object({ code: z.coerce.number().int().min(400).max(599) }) })
    .safeParse(body);
  return read.success ? read.data.error.code : 400;
}

const tooLong =
  /context[ _-]?(?:length|window|size)|too (?:long|large|many (?:input )?tokens)|(?:maximum|max|limit)[^.]{0,40}tokens|tokens?[^.]{0,20} limit|exceed[^.]{0,60}tokens|reduce (?:the|your) (?:length|prompt|input)/i;
const filtered =
  /content[ _-]?(?:filter|policy|management|safety)|responsible ?ai|moderation|flagged|inappropriate content|data_?inspection|safety (?:system|filter|setting)/i;
const ofFormat =
  /response_?format|json[ _-]?(?:schema|object|mode)|structured[ _-]?output|grammar|guided|unsupported schema|invalid schema|requested parameters/i;

const passing: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** Statuses with which an endpoint may complain about the text of the request. */
const statusesOfText: ReadonlySet<number> = new Set([400, 413, 422, 500]);

const sentences = {
  unavailable: "the model's endpoint answered",
  filtered: "a filter of the model's endpoint stopped the request",
  too_long: "the request is too long for the model",
  refused: "the model's endpoint refuses the request",
} as const satisfies Partial<Record<EndpointFault, string>>;

/** The error for a refused request. Its message includes the endpoint's own sentence. */
export function describeRefusal(
  { status, body, retryAfter }: { status: number; body: unknown; retryAfter?: string | undefined },
  confidential: Confidential,
): EndpointError {
  const { sentence, hints } = readComplaint(body);
  const about = parameterIn(hints);
  const fault = faultOf(status, about === undefined ? hints : "");
  const message =
    fault === "unavailable" ? `${sentences[fault]} ${status}` : `${sentences[fault]} (${status})`;
  const said = endpointSentence(sentence, confidential);
  return new EndpointError(fault, said === "" ? message : `${message}: ${said}`, {
    status,
    about,
    retryAfterMs: retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, Date.now()),
  });
}

function parameterIn(hints: string): Parameter | undefined {
  if (ofFormat.test(hints)) return "format";
  return /temperature/i.test(hints) ? "temperature" : undefined;
}

function faultOf(status: number, hints: string): keyof typeof sentences {
  if (statusesOfText.has(status)) {
    if (filtered.test(hints)) return "filtered";
    if (status === 413 || tooLong.test(hints)) return "too_long";
  }
  return passing.has(status) || (status >= 500 && status !== 501) ? "unavailable" : "refused";
}
