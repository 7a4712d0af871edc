import type { FactWire } from "@memlane/core";
import type { CSSProperties } from "react";
import { Link } from "wouter";
import { pathOfFact } from "../../memories/paths.ts";
import { printDay, printTick } from "../../parts/print-day.ts";
import { startOf, type Lane } from "./lanes.ts";

const ticks = [0, 0.25, 0.5, 0.75, 1];
/** A bar is never narrower than this share of the time line, so that it can be pointed at. */
const leastShare = 0.025;

/** The time in which each fact was true, as bars. Facts that replaced each other share a lane. On a phone it is a list. */
export function FactTimeline({ lanes, now }: { readonly lanes: readonly Lane[]; readonly now: number }) {
  const starts = lanes.flatMap(({ facts }) => facts.map((fact) => Date.parse(startOf(fact))));
  const ends = lanes.flatMap(({ facts }) => facts.map(({ invalid_at: end }) => Date.parse(end ?? "") || 0));
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
        {lanes.map(({ subject, predicate, object, facts }) => {
          const bars = barsOf(facts, shareAt);
          return (
            <li key={facts[0]!.id} className="lane">
              <p>
                {subject === "self" ? predicate : `${subject} ${predicate}`} <strong>{object}</strong>
              </p>
              <ol>
                {facts.map((fact, index) => (
                  <li key={fact.id} style={bars[index]} data-over={fact.invalid_at !== null || undefined}>
                    <FactLink fact={fact} />
                  </li>
                ))}
              </ol>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The bars of one lane. Facts that began at about the same time are side by side, so that no bar covers the one before. */
function barsOf(facts: readonly FactWire[], shareAt: (timeMs: number) => number): readonly CSSProperties[] {
  const least = Math.min(leastShare, 1 / facts.length);
  let free = 0;
  return facts.map((fact, index) => {
    const { invalid_at: until } = fact;
    const end = until === null ? 1 : shareAt(Date.parse(until));
    const left = Math.min(
      Math.max(free, shareAt(Date.parse(startOf(fact)))),
      1 - least * (facts.length - index),
    );
    const width = Math.min(1 - left, Math.max(least, end - left));
    free = left + least;
    return { insetInlineStart: percent(left), width: percent(width) };
  });
}

function FactLink({ fact }: { readonly fact: FactWire }) {
  const { id, object, invalid_at: end, invalidated_by: successor } = fact;
  const until = end === null ? "until now" : `until ${printDay(end)}`;
  const outcome = end === null ? "" : successor === null ? ", then no longer true" : ", then replaced";
  const time = `from ${printDay(startOf(fact))} ${until}${outcome}`;
  return (
    <Link href={pathOfFact(id)} title={`${object} (${time})`}>
      <span className="object">{object}</span> <span className="time">{time}</span>
    </Link>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
