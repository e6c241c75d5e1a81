import type { ListOperation, RowOf } from '../../api/operation.js';
import type { Consequences } from '../../kit/confirm-destroy.js';
import type { Column } from '../../kit/list-model.js';
import { ResourceList, type ResourceListProps } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import type { Need } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ClientName, GroupName, type LearnName, UserName, useLearntNames } from '../applications/named.js';
import { AddHolder, type Adding } from './add-holder.js';
import type { PickedKind } from './picker.js';
import { texts } from './texts.js';

/** Names that a question spells out. */
const NAMED = 5;

export interface Holder {
  readonly kind: PickedKind;
  readonly id: string;
  /** Without it the name is asked for. */
  readonly name?: string;
}

interface HolderListProps<Id extends ListOperation> extends Pick<
  ResourceListProps<Id>,
  'operation' | 'request' | 'label' | 'withTotal' | 'empty' | 'cli'
> {
  readonly holderOf: (row: RowOf<Id>) => Holder;
  /** Of the column that names them. */
  readonly heading: string;
  readonly columns: readonly Column<RowOf<Id>>[];
  readonly add: Adding;
  readonly remove: {
    readonly label: string;
    /** @param names of whom it concerns, as far as they are known */
    readonly confirm: (holders: readonly Holder[], names: string) => Omit<Consequences, 'confirmLabel'>;
    readonly run: (holder: Holder) => Promise<unknown>;
    /** Said when it is done. */
    readonly done: (count: number, names: string) => string;
  };
}

/** Who is in something or has it: people, and groups and applications where it says so. One more is added above. */
export function HolderList<Id extends ListOperation>(props: HolderListProps<Id>) {
  const { holderOf, heading, columns, add, remove, ...list } = props;
  const t = useTexts(texts);
  const learnt = useLearntNames();
  const nameOf = (row: RowOf<Id>) => holderOf(row).name ?? learnt.nameOf(holderOf(row).id);
  const namesOf = (rows: readonly RowOf<Id>[]) => {
    const names = rows.slice(0, NAMED).map(nameOf).join(', ');
    return rows.length > NAMED ? t('more_names', { names, count: rows.length - NAMED }) : names;
  };
  return (
    <>
      <AddHolder {...add} />
      <ResourceList
        {...list}
        rowKey={(row) => `${holderOf(row).kind} ${holderOf(row).id}`}
        rowName={nameOf}
        columns={[
          {
            id: 'name',
            label: heading,
            isPrimary: true,
            cell: (row) => <HolderName holder={holderOf(row)} onName={learnt.learn} />,
          },
          ...(Object.keys(add.needs).length > 1
            ? [{ id: 'kind', label: t('kind'), cell: (row: RowOf<Id>) => t(`kind_${holderOf(row).kind}`) }]
            : []),
          ...columns,
        ]}
        bulk={[
          {
            label: remove.label,
            need: (rows) =>
              rows.flatMap((row): Need[] => [add.needs[holderOf(row).kind]]).flatMap((need) => need ?? []),
            run: (row) => remove.run(holderOf(row)),
            done: (rows) => remove.done(rows.length, namesOf(rows)),
            confirm: (rows) => ({ ...remove.confirm(rows.map(holderOf), namesOf(rows)), confirmLabel: remove.label }),
          },
        ]}
      />
    </>
  );
}

function HolderName({ holder, onName }: { readonly holder: Holder; readonly onName: LearnName }) {
  const { kind, id, name } = holder;
  const { at } = useTenant();
  if (kind === 'group') return <GroupName id={id} onName={onName} />;
  if (kind === 'client') return <ClientName id={id} onName={onName} />;
  if (name === undefined) return <UserName id={id} onName={onName} />;
  return (
    <Link className="row-link" to={at('users', id)}>
      <bdi>{name}</bdi>
    </Link>
  );
}
