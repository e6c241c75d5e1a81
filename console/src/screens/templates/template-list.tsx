import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function TemplateList() {
  const t = useTexts(texts);
  const create = (
    <ActionButton to="/templates/new" need={['operator', 'tenants:write']} leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <ActionButton variant="default" to="/templates/platform" need="operator">
              {t('platform_title')}
            </ActionButton>
            {create}
          </>
        }
      />
      <ResourceList
        operation="listPolicyTemplates"
        label={t('title')}
        rowKey={({ name }) => name}
        rowName={({ display_name }) => display_name}
        columns={[
          {
            id: 'name',
            label: t('name'),
            isPrimary: true,
            cell: ({ name, display_name, description }) => (
              <>
                <Link className="row-link" to={`/templates/of/${encodeURIComponent(name)}`}>
                  <bdi>{display_name}</bdi>
                </Link>
                {description !== null && (
                  <span className="row-sub">
                    <bdi>{description}</bdi>
                  </span>
                )}
              </>
            ),
          },
          { id: 'key', label: t('key'), cell: ({ name }) => <code>{name}</code> },
          { id: 'rules', label: t('rules'), isNumeric: true, cell: ({ policy }) => Object.keys(policy).length },
          { id: 'locks', label: t('locks'), isNumeric: true, cell: ({ policy_locks }) => policy_locks.length },
          { id: 'changed', label: t('changed'), cell: ({ updated_at }) => <Time value={updated_at} /> },
        ]}
        empty={{ icon: 'templates', title: t('empty_title'), text: t('empty_text'), action: create }}
        cli={['policy-templates', 'list']}
      />
    </>
  );
}
