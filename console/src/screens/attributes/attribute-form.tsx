import type { Answer } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { ResourceForm } from '../../kit/resource-form.js';
import type { FormValues } from '../../kit/form-values.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { attributeFields } from './attribute-fields.js';
import { texts } from './texts.js';

interface AttributeFormProps {
  /** What is there already, with its version; without it a new one is made. */
  readonly attribute?: Schema<'UserAttribute'>;
  readonly etag?: string | undefined;
  readonly latest?: () => Promise<Answer<Schema<'UserAttribute'>>>;
  readonly onSaved: (name: string) => void;
  readonly onCancel?: () => void;
}

type Members = Readonly<Record<string, unknown>>;

const ALL = 100;
/** The API's own defaults, so that the form shows what would be. */
const DEFAULTS = {
  type: 'string',
  readable_by: ['admin'],
  editable_by: ['admin'],
  required_at: [],
  has_claim: false,
  claim: { scopes: ['profile'], tokens: ['id_token', 'userinfo'] },
};
const CLAIM_MEMBERS = ['name', 'scopes', 'client_ids', 'tokens', 'self_asserted'] as const;

export function AttributeForm({ attribute, etag, latest, onSaved, onCancel }: AttributeFormProps) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const permission = usePermission();
  const path = { tenant };
  const query = { limit: ALL };
  const canSeeClients = permission('clients:read').allowed;
  const clients = useRead('listClients', { path, query }, { enabled: canSeeClients }).data?.body.data;
  const canSeeApis = permission('apis:read').allowed;
  const apis = useRead('listApis', { path, query }, { enabled: canSeeApis }).data?.body.data;
  const fields = attributeFields(t, {
    isNew: attribute === undefined,
    scopes: (apis ?? []).flatMap((api) => api.scopes.map(({ name }) => name)),
    clients: (clients ?? []).map(({ client_id, client_name }) => ({
      value: client_id,
      label: client_name === undefined ? client_id : `${client_name} (${client_id})`,
    })),
  });
  const shared = {
    need: 'tenants:write',
    fields,
    toBody: (body: Members, values: FormValues) => bodyOf(body, values, attribute?.labels ?? {}),
  } as const;
  return attribute === undefined ? (
    <ResourceForm
      {...shared}
      operation="createUserAttribute"
      request={{ path }}
      initial={DEFAULTS}
      submitLabel={t('submit')}
      cli={({ body }) => commandOf(tenant, body as Readonly<Record<string, unknown>>)}
      onSaved={({ name }) => onSaved(name)}
      {...(onCancel && { onCancel })}
    />
  ) : (
    <ResourceForm
      {...shared}
      operation="updateUserAttribute"
      request={{ path: { ...path, attribute: attribute.name } }}
      initial={asForm(attribute)}
      fromAnswer={asForm}
      etag={etag}
      {...(latest && {
        latest: async () => {
          const answer = await latest();
          return { ...answer, body: asForm(answer.body) };
        },
      })}
      cli={({ body }) =>
        asCommand(['user-attributes', 'update', tenant, attribute.name], body as Record<string, unknown>)
      }
      onSaved={({ name }) => onSaved(name)}
    />
  );
}

/** The switch "applications get it" is no member of its own: it is whether there is a claim. */
function asForm(attribute: Schema<'UserAttribute'>) {
  return {
    ...attribute,
    has_claim: attribute.claim !== null,
    claim: attribute.claim ?? DEFAULTS.claim,
  };
}

/** Labels and a claim are replaced as a whole; a claim goes when it is switched off. */
function bodyOf(body: Members, values: FormValues, labels: Readonly<Record<string, string>>): Members {
  const { has_claim: switched, claim, labels: changed, ...rest } = body;
  const shown = { en: values['labels.en'], de: values['labels.de'] };
  const all = Object.entries({ ...labels, ...shown }).filter(([, label]) => typeof label === 'string' && label !== '');
  const named = { ...rest, ...(changed !== undefined && { labels: Object.fromEntries(all) }) };
  if (values['has_claim'] !== true) return switched === false ? { ...named, claim: null } : named;
  if (claim === undefined && switched === undefined) return named;
  const members = CLAIM_MEMBERS.map((name) => [name, values[`claim.${name}`]] as const);
  return { ...named, claim: Object.fromEntries(members.filter(([, value]) => value !== undefined && value !== null)) };
}

function commandOf(tenant: string, { name, ...members }: Readonly<Record<string, unknown>>): string {
  return asCommand(['user-attributes', 'create', tenant, typeof name === 'string' ? name : ''], members);
}
