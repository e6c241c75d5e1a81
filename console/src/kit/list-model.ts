import {
  columnVisibilityFeature,
  type ColumnVisibilityState,
  functionalUpdate,
  type OnChangeFn,
  type ReactTable,
  type Row as TableRow,
  type RowData,
  rowSelectionFeature,
  type RowSelectionState,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { columnsInAddress, shownColumns } from './list-columns.js';
import type { ListState } from './list-state.js';

export interface Column<Row> {
  /** Its name in the address, and among the columns of its list. */
  readonly id: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** Name of the order in the API; `-` before it turns it round. */
  readonly sort?: string;
  readonly isNumeric?: boolean;
  /** What the row is known by: it holds the link, heads the row on a phone, and is always shown. */
  readonly isPrimary?: boolean;
}

const FEATURES = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  columnVisibilityFeature,
  columnMeta: {} as { readonly isNumeric: boolean | undefined; readonly isPrimary: boolean | undefined },
});

export type ListFeatures = typeof FEATURES;
export type ListRow = RowData;
export type ListModel<Row extends ListRow> = ReactTable<ListFeatures, Row>;
export type RowOfModel<Row extends ListRow> = TableRow<ListFeatures, Row>;
export type Selection = RowSelectionState;

export interface ListModelOptions<Row extends ListRow> {
  readonly columns: readonly Column<Row>[];
  /** Undefined: they are not there yet. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly state?: ListState | undefined;
  /** Without `onSelect` nothing can be selected. */
  readonly selection?: Selection | undefined;
  readonly onSelect?: OnChangeFn<Selection> | undefined;
}

const NONE: readonly never[] = [];
const NOTHING: Selection = {};

/** What a table shows: its columns, their order, and what is selected. The API sorts, and the address holds it all. */
export function useListModel<Row extends ListRow>(options: ListModelOptions<Row>): ListModel<Row> {
  const { columns, rows, rowKey, state, selection = NOTHING, onSelect } = options;
  return useTable({
    features: FEATURES,
    columns: columns.map(({ id, label, cell, sort, isNumeric, isPrimary }) => ({
      id,
      header: label,
      cell: ({ row }: { readonly row: { readonly original: Row } }) => cell(row.original),
      // A column without a value cannot be sorted; the API knows what it sorts by.
      accessorFn: () => id,
      enableSorting: sort !== undefined,
      enableHiding: isPrimary !== true,
      meta: { isNumeric, isPrimary },
    })),
    data: rows ?? NONE,
    getRowId: rowKey,
    manualSorting: true,
    enableSorting: state !== undefined,
    enableSortingRemoval: false,
    enableMultiSort: false,
    sortDescFirst: false,
    state: {
      rowSelection: selection,
      sorting: orderOf(state?.sort, columns),
      columnVisibility: visibilityOf(state, columns),
    },
    onRowSelectionChange: (change) => onSelect?.(change),
    onSortingChange: (change) => {
      const [order] = functionalUpdate(change, orderOf(state?.sort, columns));
      const sort = columns.find(({ id }) => id === order?.id)?.sort;
      if (order && sort !== undefined) state?.change({ sort: order.desc ? `-${sort}` : sort, search: undefined });
    },
    onColumnVisibilityChange: (change) => {
      const visibility = functionalUpdate(change, visibilityOf(state, columns));
      const shown = columns.map(({ id }) => id).filter((id) => visibility[id] !== false);
      state?.showColumns(columnsInAddress(shown, columns));
    },
  });
}

function orderOf(sort: string | undefined, columns: readonly Pick<Column<never>, 'id' | 'sort'>[]): SortingState {
  const name = sort?.replace(/^-/, '');
  const column = name !== undefined && columns.find((one) => one.sort === name);
  return column ? [{ id: column.id, desc: sort !== name }] : [];
}

function visibilityOf(
  state: ListState | undefined,
  columns: readonly Pick<Column<never>, 'id' | 'isPrimary'>[],
): ColumnVisibilityState {
  if (!state) return {};
  const shown = shownColumns(state.columns, columns);
  return Object.fromEntries(columns.map(({ id }) => [id, shown.includes(id)]));
}
