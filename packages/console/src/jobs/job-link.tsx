import { Link } from "wouter";
import { shortId } from "../parts/short-id.ts";

/** A link to a job. Its text is the end of the id, because jobs of the same time have ids with the same start. */
export function JobLink({ id }: { readonly id: string }) {
  return (
    <Link href={`/jobs/${id}`} className="job-id" title={id}>
      {shortId(id)}
    </Link>
  );
}
