import { ArrowDown, ArrowUp, Check, ChevronsUpDown, Minus } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import {
  Cell,
  Collection,
  Column,
  Row,
  type Selection,
  type SortDescriptor,
  Table,
  TableBody,
  TableHeader,
  TableLoadMoreItem,
} from 'react-aria-components/Table';
import { TableLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import { t } from '../language/t.js';
import { Spinner } from './spinner.js';
import './data-table.css';

export interface DataColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** The server sorts by it. */
  readonly sorts?: boolean;
  /** A share of the width such as `2fr`, or pixels. */
  readonly width?: `${number}fr` | number;
  /** Pixels; below the sum of these the table scrolls sideways. */
  readonly minWidth?: number;
  readonly align?: 'end';
}

/** `people.find(...)`: the ids that are chosen, or everything that the search finds. */
export type Chosen = ReadonlySet<string> | 'all';

interface DataTableProps<T extends object> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** How a row is called where only its name is heard. It and `keyOf` are asked once for each object of `rows`. */
  readonly nameOf: (row: T) => string;
  /** The first column names the row. Keep the array the same between renders (a constant, or useMemo). */
  readonly columns: readonly DataColumn<T>[];
  readonly sort?: SortDescriptor;
  readonly onSort?: (sort: SortDescriptor) => void;
  readonly chosen?: Chosen;
  readonly onChoose?: (chosen: Chosen) => void;
  /** Opens a row: Enter or a press on it. */
  readonly onOpen?: (id: string) => void;
  /** The next page of the list; the table asks for it before its end is reached. */
  readonly more?: More;
  readonly rowHeight?: number;
}

export interface More {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly load: () => void;
}

export interface InfiniteList {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The pages of an infinite query, as the table asks for them. */
export const moreOf = ({ hasNextPage, isFetchingNextPage, fetchNextPage }: InfiniteList): More => ({
  hasMore: hasNextPage,
  isLoading: isFetchingNextPage,
  load: () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  },
});

const HEADING_HEIGHT = 44;
const CHECK_WIDTH = 52;

/**
 * A long list as a table: only the rows in sight are in the page, so that 10,000 scroll like ten. Arrow keys move in it,
 * Space chooses, Enter opens.
 */
export function DataTable<T extends object>({
  label,
  rows,
  keyOf,
  nameOf,
  columns,
  sort,
  onSort,
  chosen,
  onChoose,
  onOpen,
  more,
  rowHeight = 56,
}: DataTableProps<T>) {
  const layoutOptions = useMemo(
    () => ({ rowHeight, headingHeight: HEADING_HEIGHT, loaderHeight: rowHeight }),
    [rowHeight],
  );
  const choosing = onChoose !== undefined;
  return (
    <Virtualizer layout={TableLayout} layoutOptions={layoutOptions}>
      <Table
        aria-label={label}
        className="data-table"
        style={{
          blockSize: `${HEADING_HEIGHT + (rows.length + (more?.isLoading === true ? 1 : 0)) * rowHeight + 2}px`,
        }}
        selectionMode={choosing ? 'multiple' : 'none'}
        selectionBehavior="toggle"
        {...(chosen === undefined ? {} : { selectedKeys: chosen })}
        {...(onChoose === undefined
          ? {}
          : {
              onSelectionChange: (keys: Selection) => {
                onChoose(keys === 'all' ? 'all' : new Set([...keys].map(String)));
              },
            })}
        {...(sort === undefined ? {} : { sortDescriptor: sort })}
        {...(onSort === undefined ? {} : { onSortChange: onSort })}
        {...(onOpen === undefined
          ? {}
          : {
              onRowAction: (key: string | number) => {
                onOpen(String(key));
              },
            })}
      >
        <TableHeader className="data-table__head">
          {choosing && (
            <Column className="data-table__check" width={CHECK_WIDTH} minWidth={CHECK_WIDTH}>
              <ChooseBox />
            </Column>
          )}
          {columns.map((column, index) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={index === 0}
              allowsSorting={column.sorts ?? false}
              width={column.width ?? '1fr'}
              minWidth={column.minWidth ?? 120}
              className={`data-table__title data-table__title--${column.align ?? 'start'}`}
            >
              {({ allowsSorting, sortDirection }) => (
                <span className="data-table__title-content">
                  <span>{column.title}</span>
                  {allowsSorting && <SortMark direction={sortDirection} />}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody>
          {/* A row is made once for each of `rows`: whatever else is new leaves the thousands that are there alone. */}
          <Collection items={rows} dependencies={[columns, choosing]}>
            {(row) => (
              <Row id={keyOf(row)} textValue={nameOf(row)} className="data-table__row">
                {choosing && (
                  <Cell className="data-table__check">
                    <ChooseBox />
                  </Cell>
                )}
                {columns.map((column) => (
                  <Cell
                    key={column.id}
                    className={`data-table__cell data-table__cell--${column.align ?? 'start'}`}
                  >
                    <Content column={column} row={row} />
                  </Cell>
                ))}
              </Row>
            )}
          </Collection>
          {more?.hasMore === true && (
            <TableLoadMoreItem
              className="data-table__more"
              isLoading={more.isLoading}
              onLoadMore={more.load}
              scrollOffset={2}
            >
              <Spinner />
              <span className="visually-hidden">{t('state.loading')}</span>
            </TableLoadMoreItem>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}

interface ContentProps<T> {
  readonly column: DataColumn<T>;
  readonly row: T;
}

/** Only what is in sight is rendered, so that a row out of sight costs a few objects and no more. */
function Content<T>({ column, row }: ContentProps<T>) {
  return column.cell(row);
}

function SortMark({ direction }: { readonly direction: 'ascending' | 'descending' | undefined }) {
  if (direction === undefined) return <ChevronsUpDown aria-hidden className="data-table__sort--none" />;
  return direction === 'ascending' ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />;
}

/** The table gives it its name and its state. */
function ChooseBox() {
  return (
    <CheckboxField slot="selection">
      <CheckboxButton className="check">
        {({ isIndeterminate }) => (
          <span className="check__box" aria-hidden="true">
            {isIndeterminate ? <Minus /> : <Check />}
          </span>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
