import { type ReactNode } from 'react';
import './table.css';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
}

interface TableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** The first column names the row. */
  readonly columns: readonly Column<T>[];
}

/** A table that becomes a list of cards where it has no room. The roles keep it a table when the layout is not one. */
export function Table<T>({ label, rows, keyOf, columns }: TableProps<T>) {
  return (
    <table className="table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title }) => (
            <th key={title} scope="col" role="columnheader">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ title, cell }, index) =>
              index === 0 ? (
                <th key={title} scope="row" role="rowheader">
                  {cell(row)}
                </th>
              ) : (
                <td key={title} role="cell" data-label={title}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
