import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useNotices } from '../../shell/notices.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const OPERATORS = ['operator', 'tenants:write'] as const;
const DEFAULT_DAYS = 30;
/** From here on the name is typed. */
const MANY_USERS = 10;

/** Suspending and deleting, with what would stop working. */
export function TenantDanger({ tenant }: { readonly tenant: Schema<'Tenant'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const [asked, setAsked] = useState<'suspend' | 'delete'>();
  const [days, setDays] = useState(DEFAULT_DAYS);
  const update = useWrite('updateTenant');
  const schedule = useWrite('scheduleTenantDeletion');
  const path = { tenant: tenant.id };
  const used = useRead('getQuotas', { path }).data?.body.used;
  const effects = [
    ...(used
      ? [t('suspend_effect_people', { count: used.users }), t('suspend_effect_clients', { count: used.clients })]
      : []),
    t('suspend_effect_tokens'),
  ];
  const isEnding = tenant.deletion_id !== undefined;
  return (
    <>
      <DangerZone
        actions={[
          tenant.status === 'active' && {
            title: t('suspend_title'),
            text: t('suspend_text'),
            action: (
              <ActionButton variant="outline" color="red" need={OPERATORS} onClick={() => setAsked('suspend')}>
                {t('suspend')}
              </ActionButton>
            ),
          },
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton
                variant="outline"
                color="red"
                need={OPERATORS}
                because={isEnding ? t('deletion_title') : undefined}
                onClick={() => setAsked('delete')}
              >
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {asked === 'suspend' && (
        <ConfirmDestroy
          title={t('suspend_one', { name: tenant.display_name })}
          effects={effects}
          undo={t('suspend_undo')}
          confirmLabel={t('suspend')}
          onClose={() => setAsked(undefined)}
          onConfirm={() => update.mutateAsync({ path, body: { status: 'suspended' } })}
        />
      )}
      {asked === 'delete' && (
        <ConfirmDestroy
          title={t('delete_question', { name: tenant.display_name })}
          effects={[...effects, t('delete_effect_all')]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          {...((used?.users ?? MANY_USERS) >= MANY_USERS && { typeName: tenant.slug })}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await schedule.mutateAsync({ path, body: { after_days: days } });
            notify(t('scheduled'));
          }}
        >
          <NumberInput
            label={t('delete_days')}
            suffix={` ${t('former_days_unit')}`}
            min={1}
            max={365}
            value={days}
            onChange={(value) => setDays(Number(value) || DEFAULT_DAYS)}
          />
        </ConfirmDestroy>
      )}
    </>
  );
}
