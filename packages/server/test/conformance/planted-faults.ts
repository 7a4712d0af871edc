// Faults of a server, each in one answer, and the requirements that it breaks.
import type { Fault, RecordedAnswer } from "./recording.ts";

interface PlantedFault {
  readonly title: string;
  readonly fault: Fault;
  /** The ids of the checks that fail because of it. */
  readonly red: readonly string[];
}

/** Changes the answers of the routes that match. */
const at =
  (route: RegExp, change: (answer: RecordedAnswer) => Partial<RecordedAnswer> | undefined): Fault =>
  (name, answer) =>
    route.test(name) ? change(answer) : undefined;

/** Changes fields of the body, if the answer has this status. */
const inBody =
  (status: number, change: (body: RecordedAnswer["body"]) => object) =>
  (answer: RecordedAnswer): Partial<RecordedAnswer> | undefined =>
    answer.status === status ? { body: { ...answer.body, ...change(answer.body) } } : undefined;

const withoutHeader =
  (name: string) =>
  ({ headers }: RecordedAnswer): Partial<RecordedAnswer> => ({ headers: { ...headers, [name]: "" } });

export const plantedFaults: readonly PlantedFault[] = [
  {
    title: "a search result has no score",
    fault: at(
      /^POST \/v1\/memories\/search/,
      inBody(
        200,
        ({ results }) => results && { results: results.map((r: object) => ({ ...r, score: null })) },
      ),
    ),
    red: [],
  },
];
