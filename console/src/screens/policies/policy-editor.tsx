import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { OperationId, Schema } from '../../api/operation.js';
import type { LooseRequest } from '../../api/request.js';
import { EmptyState, Panel } from '../../design/states.js';
import { Icon } from '../../design/icon.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { DirtyGuard } from '../../kit/dirty-guard.js';
import { MergeDialog } from '../../kit/merge-dialog.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { type Need, usePermission } from '../../shell/permission.js';
import { useUrlState } from '../../shell/url-state.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { GROUPS, type PolicyMember, type PolicyValue, membersOf } from './catalog.js';
import { ImpactDialog } from './impact.js';
import './policies.css';
import { type Layer, PolicyRow } from './policy-row.js';
import { isFound, usePolicyWords } from './policy-text.js';
import { texts } from './texts.js';
import { type LayerState, usePolicyDraft } from './use-policy-draft.js';

interface PolicyEditorProps {
  readonly layer: Layer;
  readonly state: LayerState;
  readonly operation: OperationId;
  readonly path?: LooseRequest['path'];
  readonly need: Need;
  readonly reread: () => Promise<LayerState>;
  /** Who decides each value; known of tenants. */
  readonly explained?: Readonly<Record<string, Schema<'ExplainedPolicy'>>> | undefined;
  /** What holds without this layer, as far as it is known. */
  readonly inherited?: Readonly<Record<string, PolicyValue>>;
  readonly canLock: (member: PolicyMember) => boolean;
  /** Words of the command, and what it calls a member. */
  readonly cli: { readonly words: readonly string[]; readonly prefix: string };
}

const SIGHT = ['clients:read', 'users:read'];

/** Every member of a policy: what holds, who says so, and a change with what it would break. */
export function PolicyEditor(props: PolicyEditorProps) {
  const { layer, state, operation, path, need, explained, inherited = {}, canLock, cli } = props;
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const words = usePolicyWords();
  const permission = usePermission();
  const { notify } = useNotices();
  const [url, setUrl] = useUrlState();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<{ readonly impact: Schema<'PolicyDryRun'> | undefined }>();
  const draft = usePolicyDraft({
    layer: state,
    operation,
    path,
    reread: props.reread,
    onRefused: (members) => {
      setAsked(undefined);
      setOpen((before) => new Set([...before, ...members]));
      setTimeout(() => document.getElementById(`policy-${members[0] ?? ''}`)?.focus());
    },
    onSaved: () => {
      setAsked(undefined);
      setOpen(new Set());
      notify(shared('form.saved'));
    },
  });
  const search = url.get('search') ?? '';
  const show = url.get('show') ?? 'all';
  const isShown = (member: PolicyMember) =>
    (search === '' || isFound(words, member, search)) &&
    (show === 'all' ||
      (show === 'set' && (state.policy[member] ?? null) !== null) ||
      (show === 'locked' && (state.locks.includes(member) || (explained?.[member]?.locked_by ?? null) !== null)) ||
      (show === 'changed' && Object.hasOwn(draft.changes, member)));
  const groups = GROUPS.map((group) => ({ group, members: membersOf(group).filter(isShown) })).filter(
    ({ members }) => members.length > 0,
  );
  const { allowed } = permission(need);
  const count = Object.keys(draft.changes).length;
  const check = async () => {
    if (!permission(SIGHT).allowed) {
      setAsked({ impact: undefined });
      return;
    }
    const impact = await draft.dryRun();
    if (impact) setAsked({ impact });
  };
  const command = (request: LooseRequest) => {
    const body = request.body as {
      readonly policy?: Readonly<Record<string, unknown>>;
      readonly policy_locks?: unknown;
    };
    const members = Object.entries(body.policy ?? {}).map(([name, value]) => [`${cli.prefix}${name}`, value]);
    return asCommand(cli.words, {
      ...(Object.fromEntries(members) as Record<string, unknown>),
      ...(body.policy_locks !== undefined && { policy_locks: body.policy_locks }),
    });
  };
  return (
    <>
      <div className="policy-tools">
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<Icon name="search" />}
          value={search}
          onChange={(event) => setUrl({ search: event.currentTarget.value }, true)}
        />
        <Select
          aria-label={t('show')}
          value={show}
          allowDeselect={false}
          data={(['all', 'set', 'locked', 'changed'] as const).map((one) => ({
            value: one,
            label: t(one === 'set' ? `show_set_${layer}` : `show_${one}`),
          }))}
          onChange={(next) => setUrl({ show: next === 'all' || next === null ? undefined : next })}
        />
      </div>
      {draft.failure && <ProblemNotice error={draft.failure} />}
      {groups.length === 0 && (
        <EmptyState
          icon="search"
          title={shared('list.nothing_found')}
          text={t('nothing_found')}
          action={
            <ActionButton variant="default" onClick={() => setUrl({ search: undefined, show: undefined })}>
              {shared('list.clear')}
            </ActionButton>
          }
        />
      )}
      {groups.map(({ group, members }) => (
        <Panel key={group} title={t(`group_${group}`)}>
          <ul className="policy-rows">
            {members.map((member) => (
              <PolicyRow
                key={member}
                id={`policy-${member}`}
                member={member}
                layer={layer}
                own={draft.valueOf(member)}
                isChanged={Object.hasOwn(draft.changes, member)}
                explained={explained?.[member]}
                inherited={inherited[member] ?? inheritedOf(explained?.[member], layer)}
                isOpen={open.has(member)}
                onToggle={() => setOpen(toggled(open, member))}
                onChange={(value) => draft.change(member, value)}
                error={draft.errors[member]}
                isLocking={canLock(member) ? draft.locks.includes(member) : undefined}
                onLock={(isLocked) => draft.lock(member, isLocked)}
                isReadOnly={!allowed}
              />
            ))}
          </ul>
        </Panel>
      ))}
      <div className="policy-bar" data-stuck={count > 0 || undefined}>
        <ActionButton
          need={need}
          loading={draft.isBusy}
          because={count === 0 ? shared('form.no_changes') : undefined}
          onClick={() => void check()}
        >
          {t('check')}
        </ActionButton>
        {count > 0 && (
          <Button variant="default" onClick={draft.discard}>
            {shared('action.discard')}
          </Button>
        )}
        <CodeCopy operation={operation} request={draft.request} cli={command} />
        {count > 0 && <span className="soft">{shared('form.unsaved', { count })}</span>}
      </div>
      <DirtyGuard count={draft.count} />
      {asked && (
        <ImpactDialog
          impact={asked.impact}
          isBusy={draft.isBusy}
          onSave={() => void draft.save()}
          onClose={() => setAsked(undefined)}
        />
      )}
      {draft.conflict && (
        <MergeDialog
          merge={draft.conflict}
          labelOf={(name) => (name === 'policy_locks' ? t('locks') : words.label(name))}
          onClose={draft.closeMerge}
          onMerged={draft.merged}
        />
      )}
    </>
  );
}

function toggled(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}

/** What would hold if the layer left it: what holds, when another one decides it, or what the next one above says. */
function inheritedOf(explained: Schema<'ExplainedPolicy'> | undefined, layer: Layer): PolicyValue {
  if (!explained) return null;
  if (explained.from !== layer) return explained.value;
  const above = explained.decided.filter(({ by }) => by === 'platform' || by === 'template');
  return (above.find(({ by }) => by === 'template') ?? above[0])?.value ?? null;
}
