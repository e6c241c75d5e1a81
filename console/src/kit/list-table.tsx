import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { ListBox } from './list-box.js';
import type { ListState } from './list-state.js';

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** Name of the order in the API; `-` before it turns it round. */
  readonly sort?: string;
  readonly isNumeric?: boolean;
  /** What the row is known by: it holds the link, and heads the row on a phone. */
  readonly isPrimary?: boolean;
}

interface ListTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined: they are not there yet. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly rowName: (row: Row) => string;
  readonly state?: ListState;
  /** These are the rows of another page, until the wanted ones come. */
  readonly isOld?: boolean;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
}

const SKELETONS = 8;

/** Rows of one kind. The roles are said, because a phone shows each row as a block. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { label, columns, rows, rowKey, state, isOld, selected, onSelect } = props;
  const t = useSharedTexts();
  const keys = rows?.map(rowKey) ?? [];
  const count = keys.filter((key) => selected?.has(key)).length;
  return (
    <div className="list-scroll">
      <table className="list" role="table" aria-label={label} aria-busy={!rows || isOld} data-old={isOld || undefined}>
        <thead role="rowgroup">
          <tr role="row">
            {onSelect && (
              <th role="columnheader" scope="col" className="list-check">
                <ListBox
                  label={t('list.select_all')}
                  isChecked={count > 0 && count === keys.length}
                  isMixed={count > 0 && count < keys.length}
                  onChange={(isChosen) => onSelect(new Set(isChosen ? keys : []))}
                />
              </th>
            )}
            {columns.map((column) => (
              <ColumnHead key={column.label} column={column} state={state} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows
            ? rows.map((row) => <Row key={rowKey(row)} row={row} {...props} />)
            : Array.from({ length: SKELETONS }, (_, line) => (
                <tr role="row" key={line}>
                  {onSelect && <td role="cell" className="list-check" />}
                  {columns.map((column) => (
                    <td role="cell" key={column.label} data-primary={column.isPrimary}>
                      <Skeleton height={14} width={column.isPrimary === true ? '70%' : '50%'} />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

function Row<Row>({ row, columns, rowKey, rowName, selected, onSelect }: ListTableProps<Row> & { readonly row: Row }) {
  const t = useSharedTexts();
  const key = rowKey(row);
  const toggle = (isChosen: boolean) => {
    const next = new Set(selected);
    if (isChosen) next.add(key);
    else next.delete(key);
    onSelect?.(next);
  };
  return (
    <tr role="row">
      {onSelect && (
        <td role="cell" className="list-check">
          <ListBox
            label={t('list.select_one', { name: rowName(row) })}
            isChecked={selected?.has(key) ?? false}
            onChange={toggle}
          />
        </td>
      )}
      {columns.map(({ label, cell, isNumeric, isPrimary }) => (
        <td role="cell" key={label} data-label={label} data-numeric={isNumeric} data-primary={isPrimary}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

function ColumnHead<Row>({ column, state }: { readonly column: Column<Row>; readonly state: ListState | undefined }) {
  const t = useSharedTexts();
  const { label, sort, isNumeric } = column;
  if (sort === undefined || !state) {
    return (
      <th role="columnheader" scope="col" data-numeric={isNumeric}>
        {label}
      </th>
    );
  }
  const direction = state.sort === sort ? 'ascending' : state.sort === `-${sort}` ? 'descending' : undefined;
  return (
    <th role="columnheader" scope="col" data-numeric={isNumeric} aria-sort={direction}>
      <button
        type="button"
        className="sort"
        aria-label={t('list.sort_by', { name: label })}
        onClick={() => state.change({ sort: direction === 'ascending' ? `-${sort}` : sort, search: undefined })}
      >
        {label}
        <Icon name={direction === undefined ? 'updown' : direction === 'ascending' ? 'up' : 'down'} size={12} />
      </button>
    </th>
  );
}
