import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceList } from '../../kit/resource-list.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { NEED } from './branding-screens.js';
import { changedNames, valuesOfDraft } from './draft-values.js';
import { texts } from './texts.js';

type Summary = Schema<'BrandingVersionSummary'>;

/** What was published, newest first, and the way back to it. */
export function BrandingHistory() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const revert = useWrite('revertBranding');
  const [shown, setShown] = useState<Summary>();
  const [asked, setAsked] = useState<Summary>();
  return (
    <>
      <ResourceList
        operation="listBrandingVersions"
        request={{ path: { tenant } }}
        label={t('tab_history')}
        rowKey={({ number }) => String(number)}
        rowName={({ number }) => t('version', { number })}
        columns={[
          {
            id: 'version_label',
            label: t('version_label'),
            isPrimary: true,
            cell: (row) => (
              <>
                <strong>{t('version', { number: row.number })}</strong>
                {row.note !== null && (
                  <span className="row-sub">
                    <bdi>{row.note}</bdi>
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'source',
            label: t('source'),
            cell: ({ source, restored_from: from }) =>
              from === null ? t(`source_${source}`) : t('source_restored', { number: from }),
          },
          { id: 'published_at', label: t('published_at'), cell: ({ published_at }) => <Time value={published_at} /> },
          {
            id: 'published_by',
            label: t('published_by'),
            cell: ({ published_by }) =>
              published_by === null ? <span className="soft">–</span> : <code>{published_by}</code>,
          },
          {
            id: 'do',
            label: t('do'),
            cell: (row) => (
              <span className="actions">
                <Button variant="subtle" size="xs" onClick={() => setShown(row)}>
                  {t('compare')}
                </Button>
                <ActionButton variant="subtle" size="xs" need={NEED} onClick={() => setAsked(row)}>
                  {t('revert')}
                </ActionButton>
              </span>
            ),
          },
        ]}
        empty={{ icon: 'branding', title: t('no_versions'), text: t('no_versions_text') }}
        cli={['branding', 'list', tenant]}
      />
      {shown && <CompareDialog version={shown} onClose={() => setShown(undefined)} />}
      {asked && (
        <ConfirmDestroy
          title={t('revert_question', { number: asked.number })}
          effects={[t('revert_effect')]}
          undo={t('revert_undo')}
          confirmLabel={t('revert')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await revert.mutateAsync({ path: { tenant, number: String(asked.number) } });
            notify(t('reverted', { number: asked.number }));
          }}
        >
          <CodeCopy
            operation="revertBranding"
            request={() => ({ path: { tenant, number: String(asked.number) } })}
            cli={() => asCommand(['branding', 'revert', tenant, String(asked.number)])}
          />
        </ConfirmDestroy>
      )}
    </>
  );
}

/** What people would see otherwise than now. */
function CompareDialog({ version, onClose }: { readonly version: Summary; readonly onClose: () => void }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const { tenant } = useTenant();
  const path = { tenant, number: String(version.number) };
  const then = useRead('getBrandingVersion', { path });
  const newest = useRead('listBrandingVersions', { path: { tenant }, query: { limit: 1 } }).data?.body.data[0]?.number;
  const now = useRead(
    'getBrandingVersion',
    { path: { tenant, number: String(newest ?? 1) } },
    { enabled: newest !== undefined },
  );
  const both = then.data && now.data;
  const before = then.data ? valuesOfDraft(then.data.body) : {};
  const after = now.data ? valuesOfDraft(now.data.body) : {};
  const names = both ? changedNames(after, before) : [];
  const error = then.error ?? now.error;
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={<strong>{t('version', { number: version.number })}</strong>}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <div className="stack">
        {error && <ProblemNotice error={error} />}
        {!both && !error && <SkeletonLines lines={4} label={t('compare')} />}
        {both && <p>{t(names.length === 0 ? 'same_as_now' : 'other_than_now')}</p>}
        <ul className="version-changes">
          {names.map((name) => (
            <li key={name}>
              <code>{name.split('/').slice(1).join('.')}</code>
              <div>
                <span className="soft">{t('then')}</span> <Shown value={before[name]} />
              </div>
              <div>
                <span className="soft">{t('now')}</span> <Shown value={after[name]} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}

function Shown({ value }: { readonly value: unknown }) {
  const t = useTexts(texts);
  if (value === undefined || value === null || value === '') return <span className="soft">{t('image_none')}</span>;
  if (typeof value !== 'string') return <>{JSON.stringify(value)}</>;
  if (value.startsWith('data:image/')) return <img src={value} alt="" height={32} />;
  return (
    <>
      {/^#[0-9a-f]{6}$/i.test(value) && <span className="swatch" aria-hidden style={{ background: value }} />}{' '}
      <bdi>{value}</bdi>
    </>
  );
}
