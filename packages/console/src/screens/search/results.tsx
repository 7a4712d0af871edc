import { Link } from "wouter";
import { pathOfMemory } from "../../memories/paths.ts";
import { Quote } from "../../memories/quote.tsx";
import { describeDuration } from "../../parts/describe-time.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Panel } from "../../parts/panel.tsx";
import type { Answer } from "./ask.ts";
import { MarkedText } from "./marked-text.tsx";

const rankings: Readonly<Record<string, string>> = {
  text: "ranked by words",
  hybrid: "ranked by words and meaning",
};

/** The memories that were found, each with its score and the words of the query that it has. */
export function Results({
  answer: { found, ranking, tookMs },
  query,
}: {
  readonly answer: Answer;
  readonly query: string;
}) {
  return (
    <Panel
      title="Found"
      aside={
        <p className="quiet" role="status">
          {found.length} in {describeDuration(tookMs)}, {rankings[ranking] ?? ranking}
        </p>
      }
    >
      {found.length === 0 && (
        <EmptyState title="Nothing was found.">
          <p>No memory of this user or agent has a word of the query, or one that means the same.</p>
        </EmptyState>
      )}
      <ol className="results">
        {found.map(({ id, text, quote, score, notes }) => (
          <li key={id}>
            <div className="score">
              <span>{score === null ? "–" : score.toFixed(2)}</span>
              <div className="bar-of-score">
                <div style={{ width: `${(score ?? 0) * 100}%` }} />
              </div>
            </div>
            <div>
              <Link href={pathOfMemory(id)}>
                {quote === undefined ? (
                  <MarkedText text={text} query={query} />
                ) : (
                  <q>
                    <Quote
                      text={text}
                      quote={quote}
                      show={(words) => <MarkedText text={words} query={query} />}
                    />
                  </q>
                )}
              </Link>
              <p className="quiet">{notes.join(" · ")}</p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
