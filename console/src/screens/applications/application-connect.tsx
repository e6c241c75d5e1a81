import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { CopyField } from '../../design/copy.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { LibrarySelect, SnippetCode } from './snippet-code.js';
import { texts } from './texts.js';

interface ApplicationConnectProps {
  readonly client: Schema<'Client'>;
  /** It is configured in a form, and nobody writes code for it. */
  readonly isProduct?: boolean;
}

/** Code with the values of the client, and the values alone for what is configured in forms. */
export function ApplicationConnect({ client, isProduct = false }: ApplicationConnectProps) {
  const t = useTexts(texts);
  const { tenant, base } = useTenant();
  const { tenant: own } = useSession();
  const isOther = base !== '';
  const named = useRead('getTenant', { path: { tenant } }, { enabled: isOther }).data?.body.issuer;
  const issuer = isOther ? named : own.issuer;
  if (issuer === undefined) return null;
  const isForPeople = client.redirect_uris.length > 0;
  return (
    <Panel title={t('connect')} {...(!isProduct && { lead: t('connect_lead') })}>
      <div className="stack">
        {!isProduct && <Code client={client.client_id} />}
        <div className="stack">
          <h3>{t('values')}</h3>
          <p className="soft">{t('values_lead')}</p>
          <CopyField label={t('issuer')} value={issuer} />
          <CopyField label={t('discovery')} value={`${issuer}/.well-known/openid-configuration`} />
          <CopyField label={t('client_id')} value={client.client_id} />
          {isForPeople && <CopyField label={t('authorization_endpoint')} value={`${issuer}/authorize`} />}
          <CopyField label={t('token_endpoint')} value={`${issuer}/token`} />
          {client.scope !== '' && <CopyField label={t('scopes')} value={client.scope} />}
        </div>
      </div>
    </Panel>
  );
}

/** The code that the platform has for the application. */
function Code({ client }: { readonly client: string }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const [chosen, setChosen] = useState<string | null>(null);
  const path = { tenant, client_id: client };
  const libraries = useRead('listSnippets', { path });
  const listed = libraries.data?.body.data ?? [];
  const library = listed.find((one) => one.library === chosen)?.library ?? listed[0]?.library;
  const read = { path: { ...path, library: library ?? '-' } };
  const snippet = useRead('getSnippet', read, { enabled: library !== undefined, keepPrevious: true }).data?.body;
  if (libraries.error) return <ProblemNotice error={libraries.error} onRetry={() => void libraries.refetch()} />;
  if (!libraries.data) return <SkeletonLines label={t('connect')} lines={8} />;
  if (library === undefined) return <p className="soft">{t('no_snippet')}</p>;
  return (
    <>
      <LibrarySelect libraries={listed} value={library} onChange={setChosen} />
      {snippet ? (
        <>
          <SnippetCode snippet={snippet} />
          {snippet.secret_variable !== null && <p className="soft">{t('snippet_secret')}</p>}
        </>
      ) : (
        <SkeletonLines label={t('connect')} lines={8} />
      )}
    </>
  );
}
