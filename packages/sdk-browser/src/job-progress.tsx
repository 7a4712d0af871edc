import { useId, type ReactElement, type ReactNode } from "react";
import { countsOf, describeJob, type AnyJobSnapshot } from "./describe-job.ts";
import { usePrefersReducedMotion } from "./use-prefers-reduced-motion.ts";

/** What to show, and how to say it. */
export interface JobProgressProps {
  /** The job as `useJob` tells it. */
  readonly snapshot: AnyJobSnapshot;
  /** What the job is for, such as "Importing your notes": the name of the bar. */
  readonly label: ReactNode;
  /** The snapshot in the user's language. @default describeJob, which speaks English */
  readonly describe?: ((snapshot: AnyJobSnapshot) => string) | undefined;
  /** The class of the outermost element, whose `data-phase` tells the phase. @default none */
  readonly className?: string | undefined;
}

/**
 * A job's progress: a native progress bar with its name, and a sentence. It needs no style sheet. Assistive technology can
 * ask for the progress at any time; it is told of the end politely, and at once when the job is out of sight. A bar without
 * counters moves, but not for users who asked for less motion.
 */
export function JobProgress({
  snapshot,
  label,
  describe = describeJob,
  className,
}: JobProgressProps): ReactElement {
  const id = useId();
  const isStill = usePrefersReducedMotion();
  const { phase } = snapshot;
  const sentence = describe(snapshot);
  const { done, all } = countsOf(snapshot) ?? { done: fillOf(snapshot), all: 1 };
  return (
    <div className={className} data-phase={phase}>
      <div id={id}>{label}</div>
      <progress
        aria-labelledby={id}
        value={done}
        max={all}
        aria-valuetext={sentence}
        // Without the look of the platform, a bar that does not know how far it is stands still.
        style={isStill && done === undefined ? { appearance: "none" } : undefined}
      />
      {/* Not live: a screen reader that read out every step would say nothing else. */}
      {(phase === "waiting" || phase === "progress") && <div>{sentence}</div>}
      {/* These are there before they have something to say, or it would not be heard. */}
      <div role="status">{phase === "ended" && sentence}</div>
      <div role="alert">{phase === "failed" && sentence}</div>
    </div>
  );
}

/** How full the bar of a job without items is: unknown until it is over, and then all or nothing. */
function fillOf(snapshot: AnyJobSnapshot): number | undefined {
  if (snapshot.phase === "ended") return snapshot.job.status === "failed" ? 0 : 1;
  return snapshot.phase === "failed" ? 0 : undefined;
}
