import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { LibrarySelect, SnippetCode } from '../applications/snippet-code.js';
import { texts } from './texts.js';

/** The code that the developer sees on the own pages. */
export function ReviewSnippets({ registration }: { readonly registration: Schema<'ClientRegistration'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const [chosen, setChosen] = useState<string | null>(null);
  const path = { tenant, registration_id: registration.id };
  const libraries = useRead('listClientSnippets', { path });
  const listed = libraries.data?.body.data ?? [];
  const library = listed.find((one) => one.library === chosen)?.library ?? listed[0]?.library;
  const read = { path: { ...path, library: library ?? '-' } };
  const snippet = useRead('getClientSnippet', read, { enabled: library !== undefined }).data?.body;
  if (libraries.error) return <ProblemNotice error={libraries.error} onRetry={() => void libraries.refetch()} />;
  return (
    <Panel title={t('snippets')} lead={t('snippets_lead')}>
      {!libraries.data ? (
        <SkeletonLines label={t('snippets')} />
      ) : library === undefined ? (
        <p className="soft">{t('snippets_none')}</p>
      ) : (
        <div className="stack">
          <LibrarySelect libraries={listed} value={library} onChange={setChosen} />
          {snippet && <SnippetCode snippet={snippet} />}
        </div>
      )}
    </Panel>
  );
}
