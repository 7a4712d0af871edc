import { Link } from "wouter";
import { shortId } from "../parts/short-id.ts";

/** A link to a job, with enough of its id to tell it from its neighbours. */
export function JobLink({ id }: { readonly id: string }) {
  return (
    <Link href={`/jobs/${id}`} className="job-id" title={id}>
      {shortId(id)}
    </Link>
  );
}
