import { Link, useLocation, useSearch } from "wouter";
import { printCount } from "./count-text.ts";

/** Which rows are shown, and the ways to the pages before and after. The offset is in the address. */
export function OffsetPages({
  offset,
  pageSize,
  total,
}: {
  readonly offset: number;
  readonly pageSize: number;
  readonly total: number;
}) {
  const search = useSearch();
  const [path] = useLocation();
  if (total <= pageSize) return null;
  const pageAt = (at: number) => {
    const address = new URLSearchParams(search);
    if (at > 0) address.set("offset", String(at));
    else address.delete("offset");
    return `${path}?${address}`;
  };
  const last = Math.min(offset + pageSize, total);
  return (
    <nav className="actions" aria-label="Pages">
      <span className="quiet">
        {printCount(offset + 1)}–{printCount(last)} of {printCount(total)}
      </span>
      {offset > 0 && (
        <Link className="button" href={pageAt(Math.max(0, offset - pageSize))}>
          Previous
        </Link>
      )}
      {last < total && (
        <Link className="button" href={pageAt(offset + pageSize)}>
          Next
        </Link>
      )}
    </nav>
  );
}
