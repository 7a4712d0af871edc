import { pollStep, startPoll, type PollEvent, type PollPolicy } from "@memlane/core";

/** The times of polls of a job that does not end, in milliseconds from the start, from core's step function. */
export function pollTimes(policy: PollPolicy, random: () => number): number[] {
  let nowMs = 0;
  let state = startPoll(policy, nowMs);
  let event: PollEvent = { type: "due" };
  const asked: number[] = [];
  for (;;) {
    const [next, action] = pollStep(policy, state, event, nowMs, random());
    state = next;
    switch (action.type) {
      case "send":
        asked.push(nowMs);
        event = { type: "job", state: "active" };
        break;
      case "wait":
        nowMs += action.delayMs;
        event = { type: "due" };
        break;
      case "return":
      case "timeout":
      case "fail":
        return asked;
    }
  }
}
