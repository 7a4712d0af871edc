import { EndpointError } from "./endpoint-error.ts";

/** The parameters of a request besides the text. Many endpoints do not accept all of them. */
export interface Demands {
  /** How the request asks for JSON: by a schema, as JSON in general, or only in the instructions. */
  readonly format: "schema" | "object" | "none";
  readonly hasTemperature: boolean;
}

/** How long lower demands are used before the full demands are tried again, in milliseconds. */
const rememberedMs = 3_600_000;

const lowerFormat = { schema: "object", object: "none", none: undefined } as const;

/** Sends requests to one endpoint, and remembers which demands it accepts. */
export interface StepDown {
  /** Sends with the demands that were accepted last. If these are refused, sends with lower demands. */
  readonly ask: <Answer>(send: (demands: Demands) => Promise<Answer>) => Promise<Answer>;
}

/** Makes a `StepDown`, which begins with these demands. */
export function createStepDown(wanted: Demands, nowMs: () => number = () => performance.now()): StepDown {
  let taken = wanted;
  /** Whether to try lower demands even if the refusal names no parameter. */
  let guesses = true;
  let forgetsAtMs = 0;

  function remember(demands: Demands, isGuessing: boolean): void {
    [taken, guesses, forgetsAtMs] = [demands, isGuessing, nowMs() + rememberedMs];
  }

  return {
    async ask(send) {
      if (nowMs() >= forgetsAtMs) [taken, guesses] = [wanted, true];
      let first: unknown;
      for (let demands: Demands | undefined = taken; demands !== undefined;) {
        try {
          const answer = await send(demands);
          if (first !== undefined) remember(demands, guesses);
          return answer;
        } catch (error) {
          if (!isRefused(error)) {
            if (first !== undefined && isAnswered(error)) remember(demands, guesses);
            throw error;
          }
          first ??= error;
          demands = error.about === undefined && !guesses ? undefined : lowerDemands(demands, error);
          if (demands === undefined && first !== error) remember(taken, false);
        }
      }
      throw first;
    },
  };
}

/** Whether the endpoint possibly accepts lower demands. */
function isRefused(error: unknown): error is EndpointError {
  if (!(error instanceof EndpointError)) return false;
  return error.fault === "refused" || (error.fault === "unavailable" && error.about !== undefined);
}

/** Whether the endpoint accepted the demands, although its answer cannot be used. */
function isAnswered(error: unknown): boolean {
  return error instanceof EndpointError && error.status === undefined && error.fault !== "unavailable";
}

/** The next lower demands after a refusal; undefined if it has another reason or none are lower. */
function lowerDemands(demands: Demands, { status, about }: EndpointError): Demands | undefined {
  if (about === undefined && status !== 400 && status !== 422) return undefined;
  const format = lowerFormat[demands.format];
  if (demands.hasTemperature && (about === "temperature" || format === undefined))
    return { ...demands, hasTemperature: false };
  return format && { ...demands, format };
}
