import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
import { labelIn } from '../users/attribute-fields.js';
import { texts } from './texts.js';

export function AttributeList() {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const { tenant, at } = useTenant();
  const create = (
    <ActionButton to={at('attributes', 'new')} need="tenants:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  const whoOf = (who: readonly ('user' | 'admin')[]) =>
    who.length === 0 ? t('nobody') : who.map((one) => t(one)).join(', ');
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listUserAttributes"
        request={{ path: { tenant } }}
        label={t('title')}
        rowKey={({ name }) => name}
        rowName={({ name }) => name}
        columns={[
          {
            id: 'attribute',
            label: t('attribute'),
            isPrimary: true,
            cell: ({ name, labels }) => (
              <>
                <Link className="row-link" to={at('attributes', name)}>
                  <bdi>{labelIn(labels, language) ?? name}</bdi>
                </Link>
                <span className="row-sub">
                  <code>{name}</code>
                </span>
              </>
            ),
          },
          { id: 'type', label: t('type'), cell: ({ type }) => t(`type_${type}`) },
          { id: 'readable_by', label: t('readable_by'), cell: ({ readable_by }) => whoOf(readable_by) },
          { id: 'editable_by', label: t('editable_by'), cell: ({ editable_by }) => whoOf(editable_by) },
          {
            id: 'required_at',
            label: t('required_at'),
            cell: ({ required_at }) =>
              required_at.length === 0 ? (
                <span className="soft">{t('never')}</span>
              ) : (
                required_at.map((when) => t(when)).join(', ')
              ),
          },
          {
            id: 'claim',
            label: t('claim'),
            cell: ({ claim }) =>
              claim === null ? (
                <span className="soft">{t('no_claim')}</span>
              ) : (
                <>
                  <code>{claim.name}</code>{' '}
                  {claim.self_asserted && <StateBadge tone="plain">{t('self_asserted_short')}</StateBadge>}
                </>
              ),
          },
          { id: 'order', label: t('order'), isNumeric: true, cell: ({ order }) => order },
        ]}
        empty={{ icon: 'attribute', title: t('empty_title'), text: t('empty_text'), action: create }}
        cli={['user-attributes', 'list', tenant]}
      />
    </>
  );
}
