import type { Schema } from '../../api/operation.js';
import { CopyButton } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { useTexts } from '../../texts/texts.js';
import { kindOf, usesSecret } from './application-kind.js';
import { texts } from './texts.js';

export function ApplicationFacts({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(texts);
  const kind = kindOf(client);
  const { client_id: id, token_endpoint_auth_method: method, permissions } = client;
  const secrets = client.client_secrets?.length ?? 0;
  return (
    <Panel title={t('what')} lead={t(`kind_${kind}_text`)}>
      <Facts
        facts={[
          [
            t('client_id'),
            <span key="id" className="copy-value">
              <code>{id}</code>
              <CopyButton text={id} what={t('client_id')} />
            </span>,
          ],
          [
            t('authentication'),
            usesSecret(client)
              ? t('auth_secret', { count: secrets })
              : method === 'none'
                ? t('auth_none')
                : method === 'private_key_jwt'
                  ? t('auth_keys', { count: client.jwks?.keys.length ?? 0 })
                  : method,
          ],
          kind !== 'machine' && [
            t('redirect_uris'),
            <ul key="uris" className="plain">
              {client.redirect_uris.map((uri) => (
                <li key={uri}>
                  <code>{uri}</code>
                </li>
              ))}
              {client.redirect_uris.length === 0 && <li className="soft">{t('none')}</li>}
            </ul>,
          ],
          [
            t('may_ask_for'),
            permissions.length === 0 ? (
              <span className="soft">{client.scope === '' ? t('none') : client.scope}</span>
            ) : (
              <ul key="permissions" className="plain">
                {permissions.map(({ api, scopes }) => (
                  <li key={api}>
                    <code>{api}</code> <span className="soft">{scopes.join(' ')}</span>
                  </li>
                ))}
              </ul>
            ),
          ],
          kind !== 'machine' && [
            t('consent'),
            client.first_party ? t('consent_first_party') : t(client.reviewed ? 'consent_reviewed' : 'consent_asked'),
          ],
          [t('created'), <Time key="created" value={client.created_at} />],
          [t('updated'), <Time key="updated" value={client.updated_at} />],
        ]}
      />
    </Panel>
  );
}
