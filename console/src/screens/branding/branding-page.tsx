import type { ReactNode } from 'react';
import type { Answer } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ResourcePage, type Tab } from '../../kit/resource-page.js';
import { useMayCall, useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { BrandingActions } from './branding-actions.js';
import { BrandingEditor, type Section } from './branding-editor.js';
import { BrandingHistory } from './branding-history.js';
import './branding.css';
import { texts } from './texts.js';

type DraftAnswer = Answer<Schema<'BrandingDraft'>>;

/** Draft, preview, publication and what was published before. */
export function BrandingPage() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const path = { tenant };
  const mayCall = useMayCall();
  const own = useSession().tenant;
  const about = useRead('getTenant', { path }, { enabled: mayCall('getTenant') }).data?.body;
  // A draft is found by the slug, whatever stands in the address.
  const slug = about?.slug ?? (mayCall('getTenant') ? undefined : own.slug);
  const edit = (section: Section): Tab<Schema<'BrandingDraft'>>['content'] =>
    function Edit(answer: DraftAnswer): ReactNode {
      if (slug === undefined) return <SkeletonLines lines={8} label={t('title')} />;
      return <BrandingEditor section={section} slug={slug} tenant={about} answer={answer} />;
    };
  return (
    <ResourcePage
      operation="getBrandingDraft"
      request={{ path }}
      crumbs={[]}
      head={(body) => ({
        title: t('title'),
        lead:
          body.state === 'draft' && body.changed_at !== null ? (
            <>
              {t('draft_lead')} {t('changed')} <Time value={body.changed_at} />.
            </>
          ) : (
            t('lead')
          ),
        badges: <StateBadge tone={body.state === 'draft' ? 'warn' : 'good'}>{t(`state_${body.state}`)}</StateBadge>,
        actions: <BrandingActions draft={body} />,
      })}
      troubles={(body) => [
        body.is_outdated && { tone: 'warn', title: t('outdated_title'), text: t('outdated_text') },
        !body.contrast.passes && {
          tone: 'warn',
          title: t('contrast_title', { count: body.contrast.faults.length }),
          text: t('contrast_text'),
        },
      ]}
      tabs={[
        { id: 'look', label: t('tab_look'), content: edit('look') },
        { id: 'links', label: t('tab_links'), content: edit('links') },
        { id: 'words', label: t('tab_words'), content: edit('words') },
        { id: 'history', label: t('tab_history'), content: () => <BrandingHistory /> },
      ]}
    />
  );
}
