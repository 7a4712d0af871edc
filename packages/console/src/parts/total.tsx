import type { ReactNode } from "react";

/** An entry of a list of class `totals`: a number with its title and a note. */
export function Total({
  title,
  note,
  isBad = false,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  /** Whether the number is red. @default false */
  readonly isBad?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li data-bad={isBad || undefined}>
      <span className="quiet">{title}</span>
      <strong>{children}</strong>
      {note != null && <span className="quiet">{note}</span>}
    </li>
  );
}
