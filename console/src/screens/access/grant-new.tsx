import { asCommand } from '../../api/command-text.js';
import { useRead } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { AccessPolicy } from './access-policy.js';
import { texts } from './texts.js';

const MINUTE = 60;
const DEFAULTS = { reason: '', ticket: '', reach: ['people'], level: 'read', minutes: 60, emergency: false };
const DEFAULT_MOST_SECONDS = 28_800;

interface Body {
  readonly reach?: readonly string[];
  readonly minutes?: number;
  readonly emergency?: boolean;
}

export function GrantNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  const path = { tenant };
  const policy = useRead('getTenant', { path }).data?.body.effective_policy;
  const access = policy?.operator_access;
  const most = Math.floor((policy?.operator_access_max_seconds ?? DEFAULT_MOST_SECONDS) / MINUTE);
  const canBeEmergency = access === 'by_approval' || access === 'forbidden';
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('access-grants') }]} />
      <div className="page-body">
        <AccessPolicy tenant={tenant} />
        <Panel>
          <ResourceForm
            operation="createAccessGrant"
            request={{ path }}
            initial={DEFAULTS}
            need={['operator', 'tenants:read']}
            submitLabel={t(access === 'by_approval' ? 'ask_button' : 'create_button')}
            fields={[
              {
                name: 'reason',
                kind: 'textarea',
                label: t('reason'),
                help: t('reason_help'),
                isRequired: true,
                maxLength: 500,
              },
              { name: 'ticket', kind: 'text', label: t('ticket'), help: t('ticket_help'), maxLength: 200 },
              {
                name: 'reach',
                kind: 'multiselect',
                label: t('reach'),
                help: t('reach_help'),
                isRequired: true,
                options: [
                  { value: 'people', label: t('people') },
                  { value: 'secrets', label: t('secrets') },
                ],
              },
              {
                name: 'level',
                kind: 'select',
                label: t('level'),
                options: [
                  { value: 'read', label: t('level_read') },
                  { value: 'write', label: t('level_write') },
                ],
              },
              {
                name: 'minutes',
                kind: 'number',
                label: t('duration'),
                help: t('duration_help', { most }),
                min: 5,
                max: most,
                unit: t('minutes_unit'),
              },
              {
                name: 'emergency',
                kind: 'switch',
                label: t('emergency'),
                help: t('emergency_help'),
                when: () => canBeEmergency,
              },
            ]}
            toBody={(body) => {
              const { minutes, emergency, ...rest } = body as Body;
              return {
                ...rest,
                ...(minutes !== undefined && { expires_in_seconds: minutes * MINUTE }),
                ...(emergency === true && { emergency }),
              };
            }}
            cli={({ body }) => asCommand(['access-grants', 'create', tenant], body as Record<string, unknown>)}
            onSaved={({ id }) => go(at('access-grants', id), { replace: true })}
            onCancel={() => go(at('access-grants'))}
          />
        </Panel>
      </div>
    </>
  );
}
