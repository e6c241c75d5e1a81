import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { CodeBlock, CopyField } from '../../design/copy.js';
import { Panel } from '../../design/states.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { snippetsFor } from './snippets/snippets.js';
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
        {!isProduct && <Code snippets={snippetsFor(issuer, client)} />}
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

function Code({ snippets }: { readonly snippets: ReturnType<typeof snippetsFor> }) {
  const t = useTexts(texts);
  const [chosen, setChosen] = useState<string | null>(null);
  const snippet = snippets.find(({ title }) => title === chosen) ?? snippets[0];
  if (!snippet) return <p className="soft">{t('no_snippet')}</p>;
  return (
    <>
      <Select
        w="min(20rem, 100%)"
        label={t('library')}
        value={snippet.title}
        allowDeselect={false}
        data={snippets.map(({ title, language }) => ({ value: title, label: `${title} (${language})` }))}
        onChange={setChosen}
      />
      {snippet.install !== undefined && <CodeBlock text={snippet.install} what={t('install')} />}
      <div>
        <p className="soft">
          <code>{snippet.fileName}</code>
        </p>
        <CodeBlock text={snippet.code} what={snippet.fileName} />
      </div>
      {snippet.needsSecret && <p className="soft">{t('snippet_secret')}</p>}
    </>
  );
}
