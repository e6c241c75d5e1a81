import { type ListModelOptions, type ListRow, useListModel } from './list-model.js';
import { ListRows } from './list-rows.js';

export type { Column } from './list-model.js';

interface ListTableProps<Row extends ListRow> extends Omit<ListModelOptions<Row>, 'state' | 'selection' | 'onSelect'> {
  readonly label: string;
  readonly rowName: (row: Row) => string;
}

/** Rows of one kind, which are there as a whole: without search, order and pages. */
export function ListTable<Row extends ListRow>({ label, rowName, ...options }: ListTableProps<Row>) {
  const model = useListModel(options);
  return <ListRows model={model} label={label} rowName={rowName} isLoading={!options.rows} />;
}
