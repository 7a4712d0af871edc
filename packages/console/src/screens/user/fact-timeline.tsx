import type { FactWire } from "@memlane/core";
import { Link } from "wouter";
import { pathOfFact } from "../../memories/paths.ts";
import { printDay, printTick } from "../../parts/print-day.ts";
import { startOf, type Lane } from "./lanes.ts";

const ticks = [0, 0.25, 0.5, 0.75, 1];
/** A bar is never narrower than this share of the time line, so that it can be seen. */
const leastShare = 0.01;

/**
 * The time in which each fact was true, in words with a bar beside them. Facts that replaced each other share a lane. On a phone there
 * are no bars.
 */
export function FactTimeline({ lanes, now }: { readonly lanes: readonly Lane[]; readonly now: number }) {
  const facts = lanes.flat();
  const starts = facts.map((fact) => Date.parse(startOf(fact)));
  const ends = facts.map(({ invalid_at: end }) => Date.parse(end ?? "") || 0);
  const first = Math.min(...starts);
  const spanMs = Math.max(60_000, Math.max(now, ...starts, ...ends) - first);
  const shareAt = (timeMs: number) => (timeMs - first) / spanMs;
  return (
    <div className="time-line">
      <ol className="ticks" aria-hidden="true">
        {ticks.map((share) => (
          <li key={share} style={{ insetInlineStart: percent(share) }} data-share={share}>
            {printTick(first + share * spanMs, spanMs)}
          </li>
        ))}
      </ol>
      <ul>
        {lanes.map((lane) => (
          <li key={lane[0]!.id}>
            <ol className="lane">
              {lane.map((fact) => (
                <li key={fact.id} data-over={fact.invalid_at !== null || undefined}>
                  <FactLink fact={fact} />
                  <span className="when" style={barOf(fact, shareAt)} />
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </div>
  );
}

function barOf(fact: FactWire, shareAt: (timeMs: number) => number) {
  const { invalid_at: until } = fact;
  const start = Math.min(shareAt(Date.parse(startOf(fact))), 1 - leastShare);
  const end = until === null ? 1 : shareAt(Date.parse(until));
  return { marginInlineStart: percent(start), width: percent(Math.max(leastShare, end - start)) };
}

function FactLink({ fact }: { readonly fact: FactWire }) {
  const { id, subject, predicate, object, invalid_at: end } = fact;
  const until = end === null ? "until now" : `until ${printDay(end)}`;
  return (
    <Link href={pathOfFact(id)}>
      {subject === "self" ? predicate : `${subject} ${predicate}`} <strong>{object}</strong>{" "}
      <span className="time">
        from {printDay(startOf(fact))} {until}
      </span>
    </Link>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
