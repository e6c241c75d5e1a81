import type { Schema } from '../../api/operation.js';
import { CopyButton } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { StateBadge } from '../../design/badge.js';
import { Time } from '../../design/time.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function TenantFacts({ tenant }: { readonly tenant: Schema<'Tenant'> }) {
  const t = useTexts(texts);
  const copied = (value: string, label: string) => (
    <span className="copy-value">
      <code>{value}</code>
      <CopyButton text={value} what={label} />
    </span>
  );
  return (
    <>
      <Panel title={t('addresses')} lead={t('addresses_lead')}>
        <ul className="plain">
          {tenant.addresses.map((address) => (
            <li className="copy-value" key={address}>
              <code>{address}</code>
              <CopyButton text={address} what={t('issuer')} />
              {address === tenant.issuer && <StateBadge tone="accent">{t('primary')}</StateBadge>}
            </li>
          ))}
          {tenant.former_slugs.map(({ slug, answers_until }) => (
            <li className="soft" key={slug}>
              {t('former', { slug })} <Time value={answers_until} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('what')}>
        <Facts
          facts={[
            [t('slug'), copied(tenant.slug, t('slug'))],
            [t('id'), copied(tenant.id, t('id'))],
            [t('template'), tenant.policy_template ?? <span className="soft">{t('no_template')}</span>],
            [t('created'), <Time key="created" value={tenant.created_at} />],
          ]}
        />
      </Panel>
    </>
  );
}
