/** The state of a job as a word with its colour. */
export function JobState({ state }: { readonly state: string }) {
  return (
    <span className="job-state" data-state={state}>
      {state}
    </span>
  );
}
