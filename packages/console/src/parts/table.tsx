import type { ReactNode } from "react";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** How cells are laid out: `number` at the right, `name` on several lines if it is long, `wide` in the width that is left. */
  readonly kind?: "number" | "name" | "wide";
  /** Whether its values have no title on a phone, because they need none, such as a state or a name. */
  readonly hidesTitleOnPhone?: boolean;
}

/** A table. On a phone each row becomes a card. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  /** What the table lists, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  return (
    <table className="table" role="table">
      <caption className="for-screen-readers">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, kind }) => (
            <th key={title} scope="col" role="columnheader" data-kind={kind}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ title, kind, hidesTitleOnPhone, cell }) => (
              <td key={title} role="cell" data-title={hidesTitleOnPhone ? undefined : title} data-kind={kind}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
