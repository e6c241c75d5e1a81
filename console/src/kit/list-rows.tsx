import { Skeleton } from '@mantine/core';
import type { Cell, Column } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { ListBox } from './list-box.js';
import type { ListFeatures, ListModel, ListRow, RowOfModel } from './list-model.js';

interface ListRowsProps<Row extends ListRow> {
  readonly model: ListModel<Row>;
  readonly label: string;
  readonly rowName: (row: Row) => string;
  readonly isLoading: boolean;
  /** These are the rows of another page, until the wanted ones come. */
  readonly isOld?: boolean;
  readonly canSelect?: boolean;
}

const SKELETONS = 8;

/** The table itself. The roles are said, because a phone shows each row as a block. */
export function ListRows<Row extends ListRow>(props: ListRowsProps<Row>) {
  const { model, label, rowName, isLoading, isOld = false, canSelect = false } = props;
  const t = useSharedTexts();
  const columns = model.getVisibleLeafColumns();
  const isAll = model.getIsAllPageRowsSelected();
  return (
    <div className="list-scroll">
      <table
        className="list"
        role="table"
        aria-label={label}
        aria-busy={isLoading || isOld}
        data-old={isOld || undefined}
      >
        <thead role="rowgroup">
          <tr role="row">
            {canSelect && (
              <th role="columnheader" scope="col" className="list-check">
                <ListBox
                  label={t('list.select_all')}
                  isChecked={isAll}
                  isMixed={!isAll && model.getIsSomePageRowsSelected()}
                  onChange={model.getToggleAllPageRowsSelectedHandler()}
                />
              </th>
            )}
            {columns.map((column) => (
              <ColumnHead key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {isLoading
            ? Array.from({ length: SKELETONS }, (_, line) => (
                <tr role="row" key={line}>
                  {canSelect && <td role="cell" className="list-check" />}
                  {columns.map(({ id, columnDef: { meta } }) => (
                    <td role="cell" key={id} data-primary={meta?.isPrimary}>
                      <Skeleton height={14} width={meta?.isPrimary === true ? '70%' : '50%'} />
                    </td>
                  ))}
                </tr>
              ))
            : model
                .getRowModel()
                .rows.map((row) => <Line key={row.id} row={row} name={rowName(row.original)} canSelect={canSelect} />)}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps<Row extends ListRow> {
  readonly row: RowOfModel<Row>;
  readonly name: string;
  readonly canSelect: boolean;
}

function Line<Row extends ListRow>({ row, name, canSelect }: LineProps<Row>) {
  const t = useSharedTexts();
  return (
    <tr role="row">
      {canSelect && (
        <td role="cell" className="list-check">
          <ListBox
            label={t('list.select_one', { name })}
            isChecked={row.getIsSelected()}
            onChange={row.getToggleSelectedHandler()}
          />
        </td>
      )}
      {row.getVisibleCells().map((cell) => {
        const { header, meta } = cell.column.columnDef;
        return (
          <td
            role="cell"
            key={cell.id}
            data-label={header}
            data-numeric={meta?.isNumeric}
            data-primary={meta?.isPrimary}
          >
            {contentOf(cell)}
          </td>
        );
      })}
    </tr>
  );
}

/** Called, and not made a component of: it is another function at each turn, and what is open in a cell stays open. */
function contentOf<Row extends ListRow>(cell: Cell<ListFeatures, Row>): ReactNode {
  const draw = cell.column.columnDef.cell;
  return typeof draw === 'function' ? (draw(cell.getContext()) as ReactNode) : draw;
}

function ColumnHead<Row extends ListRow>({ column }: { readonly column: Column<ListFeatures, Row> }) {
  const t = useSharedTexts();
  const { header, meta } = column.columnDef;
  if (!column.getCanSort()) {
    return (
      <th role="columnheader" scope="col" data-numeric={meta?.isNumeric}>
        {header as string}
      </th>
    );
  }
  const order = column.getIsSorted();
  return (
    <th
      role="columnheader"
      scope="col"
      data-numeric={meta?.isNumeric}
      aria-sort={order === false ? undefined : order === 'asc' ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className="sort"
        aria-label={t('list.sort_by', { name: header as string })}
        onClick={column.getToggleSortingHandler()}
      >
        {header as string}
        <Icon name={order === false ? 'updown' : order === 'asc' ? 'up' : 'down'} size={12} />
      </button>
    </th>
  );
}
