import { Link } from "wouter";

/** A link to a job, with enough of its id to tell it from its neighbours. */
export function JobLink({ id }: { readonly id: string }) {
  return (
    <Link href={`/jobs/${id}`} className="job-id" title={id}>
      {shortId(id)}
    </Link>
  );
}

// The start of an id is its time, which neighbours share.
const shortId = (id: string) => (id.length > 16 ? `${id.slice(0, 4)}…${id.slice(-8)}` : id);
