import type { ReactNode } from 'react';
import { asCommand } from '../api/command-text.js';
import type { ListOperation, RowOf, Schema } from '../api/operation.js';
import { useRead } from '../api/queries.js';
import type { LooseRequest } from '../api/request.js';
import { EmptyState } from '../design/states.js';
import { Icon, type IconName } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { ActionButton } from './action-button.js';
import { BulkBar, type BulkAction } from './bulk-bar.js';
import { CodeCopy } from './code-copy.js';
import { ColumnMenu } from './column-menu.js';
import { ListFoot } from './list-foot.js';
import { type Column, useListModel } from './list-model.js';
import { ListRows } from './list-rows.js';
import { useSelection } from './list-selection.js';
import { useListState } from './list-state.js';
import { type Filter, ListTools } from './list-tools.js';
import { ProblemNotice } from './problem-notice.js';

const PAGE_SIZE = 50;

export interface ResourceListProps<Id extends ListOperation> {
  readonly operation: Id;
  /** Its address, and what is always asked for. */
  readonly request?: LooseRequest;
  /** What the table is called for those who hear it. */
  readonly label: string;
  readonly columns: readonly Column<RowOf<Id>>[];
  readonly rowKey: (row: RowOf<Id>) => string;
  /** How a row is named in sentences. */
  readonly rowName: (row: RowOf<Id>) => string;
  /** What the search finds. Without it there is none. */
  readonly searchHint?: string;
  readonly filters?: readonly Filter[];
  readonly defaultSort?: string;
  /** Counts what fits; lists that take `total`. */
  readonly withTotal?: boolean;
  readonly empty: {
    readonly icon?: IconName;
    readonly title: string;
    readonly text: ReactNode;
    readonly action?: ReactNode;
  };
  readonly bulk?: readonly BulkAction<RowOf<Id>>[];
  /** Words of the command that lists the same: `['users', 'list', 'acme']`. */
  readonly cli?: readonly string[];
  readonly refetchInterval?: number | false;
}

/** A list of the API: its search, order, filters and page are in the address. */
export function ResourceList<Id extends ListOperation>(props: ResourceListProps<Id>) {
  const t = useSharedTexts();
  const { operation, request = {}, columns, rowKey, rowName, filters = [], bulk = [], empty } = props;
  const listKey = JSON.stringify([operation, request.path]);
  const state = useListState(
    listKey,
    filters.map(({ member }) => member),
    props.defaultSort,
  );
  const asked: LooseRequest = {
    ...request,
    query: { limit: PAGE_SIZE, ...(props.withTotal === true && { total: true }), ...request.query, ...state.query },
  };
  const options = { keepPrevious: true, refetchInterval: props.refetchInterval ?? false } as const;
  const { data, error, isPlaceholderData, refetch, isPending } = useRead(operation, asked as never, options);
  const answer = data?.body as { readonly data: readonly RowOf<Id>[]; readonly page: Schema<'PageInfo'> } | undefined;
  const rows = answer?.data;
  const shown = isPlaceholderData ? undefined : rows && { question: JSON.stringify(asked), ids: rows.map(rowKey) };
  const [selection, setSelection] = useSelection(shown);
  const model = useListModel({ columns, rows, rowKey, state, selection, onSelect: setSelection });
  const chosen = model.getSelectedRowModel().rows.map(({ original }) => original);
  const isEmpty = rows?.length === 0 && !isPlaceholderData;
  const hasNothing = isEmpty && !state.isNarrowed && state.after === undefined;
  return (
    <div className="list-panel">
      {!hasNothing && (
        <ListTools state={state} searchHint={props.searchHint} filters={filters}>
          <ColumnMenu model={model} />
          <CodeCopy
            operation={operation}
            request={() => asked}
            cli={props.cli && (() => asCommand([...(props.cli ?? []), ...optionsOf(state.query, filters)]))}
          />
        </ListTools>
      )}
      {chosen.length > 0 && (
        <BulkBar rows={chosen} rowName={rowName} actions={bulk} onDone={() => model.resetRowSelection(true)} />
      )}
      {error && !answer ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : hasNothing ? (
        <EmptyState {...empty} />
      ) : isEmpty ? (
        <EmptyState
          icon="search"
          title={t('list.nothing_found')}
          text={answer?.page.has_more === true ? t('list.sparse') : t('list.nothing_found_text')}
          action={
            <ActionButton variant="default" leftSection={<Icon name="close" />} onClick={state.clear}>
              {t('list.clear')}
            </ActionButton>
          }
        />
      ) : (
        <ListRows
          model={model}
          label={props.label}
          rowName={rowName}
          isLoading={isPending}
          isOld={isPlaceholderData}
          canSelect={bulk.length > 0}
        />
      )}
      {answer && !hasNothing && <ListFoot page={answer.page} state={state} isOld={isPlaceholderData} />}
    </div>
  );
}

/** `--status active`: every filter of a list is an option of its command. */
function optionsOf(query: Readonly<Record<string, unknown>>, filters: readonly Filter[]): string[] {
  const named = filters.map(({ member, flag }) => [member, flag ?? `--${member.replaceAll('_', '-')}`] as const);
  return [['search', '--search'] as const, ['sort', '--sort'] as const, ...named].flatMap(([member, option]) => {
    const value = query[member];
    return typeof value === 'string' ? [option, value] : [];
  });
}
