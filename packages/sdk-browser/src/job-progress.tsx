import type { JobView } from "@memlane/core/internal";
import { useId, type ReactElement, type ReactNode } from "react";
import { describeJob, viewOf, type AnyJobSnapshot } from "./describe-job.ts";
import { usePrefersReducedMotion } from "./use-prefers-reduced-motion.ts";

/** What to show, and its wording. */
export interface JobProgressProps {
  /** The snapshot from `useJob`. */
  readonly snapshot: AnyJobSnapshot;
  /** The name of the bar: what the job is for, such as "Importing your notes". */
  readonly label: ReactNode;
  /** Describes the snapshot in the user's language. @default describeJob, which writes English */
  readonly describe?: ((snapshot: AnyJobSnapshot) => string) | undefined;
  /** The class of the outermost element, whose `data-phase` is the phase. @default none */
  readonly className?: string | undefined;
}

/**
 * A job's progress: a native progress bar with its name, and a sentence. It needs no style sheet. Assistive
 * technology can read the progress at any time. The end of the job is announced politely (`role="status"`), and a lost
 * connection at once (`role="alert"`).
 * A bar without counters is animated, except for users who prefer reduced motion.
 */
export function JobProgress({
  snapshot,
  label,
  describe = describeJob,
  className,
}: JobProgressProps): ReactElement {
  const id = useId();
  const prefersReducedMotion = usePrefersReducedMotion();
  const { phase } = snapshot;
  const sentence = describe(snapshot);
  const job = viewOf(snapshot);
  const done = doneOf(phase, job);
  return (
    <div className={className} data-phase={phase}>
      <div id={id}>{label}</div>
      <progress
        aria-labelledby={id}
        value={done}
        max={job?.kind === "batch" ? job.received : 1}
        aria-valuetext={sentence}
        // Without its native appearance, an indeterminate bar is not animated.
        style={prefersReducedMotion && done === undefined ? { appearance: "none" } : undefined}
      />
      {/* Not a live region: a screen reader would read out every step, and the user would hear nothing else of the page. */}
      {(phase === "waiting" || phase === "progress") && <div>{sentence}</div>}
      {/* These live regions exist before they have a text, because screen readers do not announce new ones. */}
      <div role="status">{phase === "ended" && sentence}</div>
      <div role="alert">{phase === "failed" && sentence}</div>
    </div>
  );
}

/**
 * How many items are done. A job without items is one item: undefined while it runs, 0 if it failed or the connection was lost.
 */
function doneOf(phase: AnyJobSnapshot["phase"], job: JobView | undefined): number | undefined {
  if (job?.kind === "batch") return job.imported + job.failed;
  if (phase === "failed" || job?.state === "failed") return 0;
  return phase === "ended" ? 1 : undefined;
}
