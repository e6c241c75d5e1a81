import { useRead } from '../../api/queries.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import type { Field } from '../../kit/form-field.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import type { ApplicationPart } from './application-part.js';
import { ApplicationForm } from './application-settings.js';
import { choiceField } from './choice-field.js';
import { texts } from './texts.js';

const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', 'implicit', 'password'] as const;
const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
const RESPONSE_TYPES = [
  'code',
  'token',
  'id_token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
] as const;

type Values = Readonly<Record<string, unknown>>;
const has = (values: Values, member: string, one: string) =>
  (values[member] as string[] | null)?.includes(one) === true;

/** How the application gets tokens, and what protects the way. */
export function ApplicationGrants(part: ApplicationPart) {
  const t = useTexts(texts);
  const { client } = part;
  const known = [...new Set([...GRANTS, ...client.grant_types])];
  const isPublic = (values: Values) => values['token_endpoint_auth_method'] === 'none';
  const fields: readonly Field[] = [
    {
      name: 'application_type',
      kind: 'select',
      label: t('type'),
      help: t('type_help'),
      options: (['web', 'browser', 'native'] as const).map((value) => ({ value, label: t(`type_${value}`) })),
    },
    {
      name: 'token_endpoint_auth_method',
      kind: 'select',
      label: t('authentication'),
      help: t('authentication_help'),
      noneLabel: t('method_any'),
      options: METHODS.map((value) => ({ value, label: `${t(`method_${value}`)} (${value})` })),
    },
    {
      name: 'grant_types',
      kind: 'multiselect',
      label: t('grants'),
      help: t('grants_help'),
      options: known.map((value) => ({ value, label: isNamed(value) ? `${t(`grant_${value}`)} (${value})` : value })),
    },
    {
      name: 'response_types',
      kind: 'multiselect',
      label: t('response_types'),
      help: t('response_types_help'),
      options: RESPONSE_TYPES.map((value) => ({ value, label: value })),
      when: (values) => has(values, 'grant_types', 'implicit') || client.grant_types.includes('implicit'),
    },
    choiceField({
      name: 'require_pkce',
      label: t('require_pkce'),
      help: t('require_pkce_help'),
      byDefault: t('by_policy'),
      yes: t('pkce_yes'),
      no: t('pkce_no'),
      when: (values) => !isPublic(values) && has(values, 'grant_types', 'authorization_code'),
    }),
    choiceField({
      name: 'refresh_token_rotation',
      label: t('rotation'),
      help: t('rotation_help'),
      byDefault: t('rotation_default'),
      yes: t('rotation_yes'),
      no: t('rotation_no'),
      when: (values) => has(values, 'grant_types', 'refresh_token'),
    }),
    choiceField({
      name: 'strict_assertion_audience',
      label: t('strict_audience'),
      help: t('strict_audience_help'),
      byDefault: t('strict_audience_default'),
      yes: t('strict_audience_yes'),
      no: t('strict_audience_no'),
      when: (values) => values['token_endpoint_auth_method'] === 'private_key_jwt',
    }),
    {
      name: 'require_second_factor',
      kind: 'switch',
      label: t('second_factor'),
      help: t('second_factor_help'),
    },
    {
      name: 'default_max_age',
      kind: 'number',
      label: t('max_age'),
      help: t('max_age_help'),
      min: 0,
      unit: t('seconds'),
    },
    {
      name: 'id_token_signed_response_alg',
      kind: 'select',
      label: t('alg'),
      help: t('alg_help'),
      options: ['ES256', 'RS256', 'EdDSA'].map((value) => ({ value, label: value })),
    },
    { name: 'slim_id_token', kind: 'switch', label: t('slim'), help: t('slim_help') },
  ];
  return (
    <>
      <Panel title={t('grants_and_pkce')} lead={t('grants_lead')}>
        <ApplicationForm
          {...part}
          fields={fields}
          // Which response types there are follows from the grants, unless somebody says so.
          toBody={(body) =>
            'grant_types' in body && !('response_types' in body) ? { ...body, response_types: null } : body
          }
        />
      </Panel>
      {client.grant_types.some((grant) => grant === 'implicit' || grant === 'password') && (
        <OldGrants clientId={client.client_id} />
      )}
    </>
  );
}

function isNamed(grant: string): grant is (typeof GRANTS)[number] {
  return (GRANTS as readonly string[]).includes(grant);
}

/** Whether anybody would notice if the old grants were switched off. */
function OldGrants({ clientId }: { readonly clientId: string }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const usage = useRead('getGrantUsage', { path: { tenant, client_id: clientId } }).data?.body.data ?? [];
  const shown = usage.filter(({ registered, uses }) => registered || uses > 0);
  return (
    <Panel title={t('old_grants')} lead={t('old_grants_lead')}>
      <Facts
        facts={shown.map(({ grant_type: grant, uses, last_used_at: last }) => [
          grant,
          <span key={grant}>
            {t('uses', { count: uses })} · {t('last_used')}: <Time value={last} />
          </span>,
        ])}
      />
    </Panel>
  );
}
