/** The states of a job, in order. */
export const jobStates = ["queued", "active", "succeeded", "failed"] as const;
/** The state of a job; each dialect has its own words for it. */
export type JobState = (typeof jobStates)[number];

/** What can happen to a job. `claim` also gives an active job to the next worker if its lease has expired. */
export const jobEvents = ["claim", "succeed", "fail"] as const;
/** What happens to a job. */
export type JobEvent = (typeof jobEvents)[number];

/** The whole machine: for each state, the legal events and the state that each leads to. */
export const jobMoves = {
  queued: { claim: "active", fail: "failed" },
  active: { claim: "active", succeed: "succeeded", fail: "failed" },
  succeeded: {},
  failed: {},
} as const satisfies Record<JobState, Partial<Record<JobEvent, JobState>>>;

type Moves = typeof jobMoves;

/** The states in which no event is legal. */
export type TerminalState = { [S in JobState]: keyof Moves[S] extends never ? S : never }[JobState];

/** The events that are legal in state `S`. */
export type LegalEvent<S extends JobState> = keyof Moves[S];

/** The next state. An event that is illegal in `state` does not compile. */
export function moveJob<S extends JobState, E extends LegalEvent<S>>(state: S, event: E): Moves[S][E] {
  return jobMoves[state][event];
}

/** The next state, or undefined when the event is illegal in this one. */
export function tryMoveJob(state: JobState, event: JobEvent): JobState | undefined {
  const moves: Partial<Record<JobEvent, JobState>> = jobMoves[state];
  return moves[event];
}

/** The states in which an event is legal: the guard of the SQL statement that applies it. */
export function sourcesOf(event: JobEvent): JobState[] {
  return jobStates.filter((state) => tryMoveJob(state, event) !== undefined);
}

/** Whether a job has ended: no event changes it any more. */
export function isTerminal(state: JobState): state is TerminalState {
  return Object.keys(jobMoves[state]).length === 0;
}
