import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { Panel } from '../../design/states.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { DirtyGuard } from '../../kit/dirty-guard.js';
import { MergeDialog } from '../../kit/merge-dialog.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { usePermission } from '../../shell/permission.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { NEED } from './branding-screens.js';
import { LinkFields, SenderFields } from './link-fields.js';
import { LookFields } from './look-fields.js';
import { PreviewPane } from './preview-pane.js';
import { type Side, SideSwitch } from './side-switch.js';
import { texts } from './texts.js';
import { type Draft, useDraft } from './use-draft.js';
import { WordFields } from './word-fields.js';

export type Section = 'look' | 'links' | 'words';

interface BrandingEditorProps {
  readonly section: Section;
  readonly slug: string;
  /** Absent where it may not be read; what its policy gives to mails is not shown then. */
  readonly tenant: Schema<'Tenant'> | undefined;
  readonly answer: Answer<Schema<'BrandingDraft'>>;
}

const STATUS_TONES = { saved: 'good', waiting: 'plain', saving: 'plain', failed: 'danger' } as const;

/** Fields on one side, and what they make of the pages on the other. */
export function BrandingEditor({ section, slug, tenant, answer }: BrandingEditorProps) {
  const t = useTexts(texts);
  const { allowed, reason } = usePermission()(NEED);
  const draft = useDraft(slug, answer);
  const [url] = useUrlState();
  const [side, setSide] = useState<Side>('fields');
  const isMail = section === 'words' && (url.get('prefix') ?? '').startsWith('mail.');
  return (
    <div className="branding" data-side={side}>
      <SideSwitch side={side} onChange={setSide} />
      <section className="branding-fields" aria-label={t('fields')}>
        {!allowed && <p className="soft">{reason}</p>}
        {draft.failure && <ProblemNotice error={draft.failure} onRetry={draft.retry} />}
        <fieldset className="form-fields" disabled={!allowed}>
          {section === 'look' && <LookFields draft={draft} contrast={answer.body.contrast} />}
          {section === 'links' && (
            <>
              <LinkFields draft={draft} />
              {tenant && <SenderFields draft={draft} tenant={tenant} />}
            </>
          )}
          {section === 'words' && <WordFields draft={draft} tenant={slug} />}
        </fieldset>
        <DraftFoot draft={draft} slug={slug} isDraft={answer.body.state === 'draft'} />
      </section>
      {allowed ? (
        <PreviewPane slug={slug} revision={draft.revision} {...(isMail && { first: 'mail:invitation' })} />
      ) : (
        <div className="branding-preview">
          <Panel title={t('preview')}>
            <p className="soft">{reason}</p>
          </Panel>
        </div>
      )}
      <DirtyGuard count={draft.stuck} />
      {draft.conflict && (
        <MergeDialog
          merge={draft.conflict}
          labelOf={(name) => name.split('/').slice(1).join(' / ')}
          onClose={draft.closeMerge}
          onMerged={draft.merged}
        />
      )}
    </div>
  );
}

interface FootProps {
  readonly draft: Draft;
  readonly slug: string;
  readonly isDraft: boolean;
}

function DraftFoot({ draft, slug, isDraft }: FootProps) {
  const t = useTexts(texts);
  return (
    <div className="form-actions">
      <span role="status">
        {(isDraft || draft.status !== 'saved') && (
          <StateBadge tone={STATUS_TONES[draft.status]}>{t(`status_${draft.status}`)}</StateBadge>
        )}
      </span>
      {draft.status === 'failed' && (
        <Button size="xs" variant="default" onClick={draft.retry}>
          {t('save_again')}
        </Button>
      )}
      <CodeCopy
        operation="updateBrandingDraft"
        request={draft.request}
        cli={({ body }) => asCommand(['branding', 'edit', slug], body as Record<string, unknown>)}
      />
    </div>
  );
}
