import { Button, Modal } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { Link } from '../../shell/link.js';
import { useSession } from '../../shell/session.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { useImpactWords } from './impact-words.js';
import { usePolicyWords } from './policy-text.js';
import { texts } from './texts.js';

interface ImpactDialogProps {
  /** Undefined: the person may not see applications and users, so nobody can tell. */
  readonly impact: Schema<'PolicyDryRun'> | undefined;
  readonly isBusy: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** Whom a change of policy would break, before it is saved. */
export function ImpactDialog({ impact, isBusy, onSave, onClose }: ImpactDialogProps) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const broken = impact?.tenants.some(({ clients, users }) => clients.length > 0 || users.length > 0) ?? false;
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={<strong>{t('impact_title')}</strong>}
      closeButtonProps={{ 'aria-label': shared('action.close') }}
    >
      <div className="stack">
        {impact === undefined ? (
          <p>{t('impact_unknown')}</p>
        ) : (
          <>
            {!broken && (
              <div className="notice" data-tone="good">
                <Icon name="check" />
                <div>
                  <p className="notice-title">{t('impact_none')}</p>
                  <p>{t('impact_none_text')}</p>
                </div>
              </div>
            )}
            {impact.tenants.map((one) => (
              <TenantImpact key={one.tenant} impact={one} isNamed={impact.tenants_examined > 1} />
            ))}
            {impact.tenants_examined > 1 && (
              <p className="soft">{t('impact_examined', { count: impact.tenants_examined })}</p>
            )}
            {impact.next !== null && <p className="soft">{t('impact_more')}</p>}
          </>
        )}
        <div className="actions">
          <Button onClick={onSave} loading={isBusy} {...(broken && { color: 'red' })}>
            {t(broken ? 'save_anyway' : 'save')}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {shared('action.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function TenantImpact({ impact, isNamed }: { readonly impact: Schema<'PolicyImpact'>; readonly isNamed: boolean }) {
  const t = useTexts(texts);
  const words = usePolicyWords();
  const says = useImpactWords();
  const notes = says.notes(impact);
  return (
    <section className="policy-impact">
      {isNamed && (
        <h3>
          <bdi>{impact.tenant}</bdi>
        </h3>
      )}
      <ul className="policy-changes">
        {impact.changes.map(({ member, from, to }) => (
          <li key={member}>
            {words.label(member)}: <bdi>{words.value(member, from) ?? t('none')}</bdi> →{' '}
            <strong>
              <bdi>{words.value(member, to) ?? t('none')}</bdi>
            </strong>
          </li>
        ))}
      </ul>
      {impact.clients.length > 0 && (
        <div className="notice" data-tone="danger">
          <Icon name="application" />
          <div>
            <p className="notice-title">{t('impact_clients', { count: impact.clients.length })}</p>
            <ul>
              {impact.clients.map((client) => (
                <li key={`${client.client_id}${client.code}`}>
                  <ClientName tenant={impact.tenant} client={client} />{' '}
                  <bdi>{says.client(client) ?? <InEnglish text={client.detail} />}</bdi>
                  {client.last_used_at !== null && (
                    <>
                      {' '}
                      {t('last_used')} <Time value={client.last_used_at} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {impact.users.map((user) => (
        <div className="notice" data-tone="warn" key={user.code}>
          <Icon name="user" />
          <div>
            <p className="notice-title">{t('impact_users', { count: user.affected })}</p>
            <p>{says.user(user) ?? <InEnglish text={user.detail} />}</p>
            {user.sample.length > 0 && (
              <p className="soft">
                {t('such_as')} <bdi>{user.sample.join(', ')}</bdi>
              </p>
            )}
          </div>
        </div>
      ))}
      {impact.notes.map((note, place) => (
        <p className="soft" key={note}>
          {notes?.[place] ?? <InEnglish text={note} />}
        </p>
      ))}
      {!impact.complete && <StateBadge tone="warn">{t('impact_incomplete')}</StateBadge>}
    </section>
  );
}

/** As the platform says it: for what has no words here. */
function InEnglish({ text }: { readonly text: string }) {
  return <span lang="en">{text}</span>;
}

function ClientName({ tenant, client }: { readonly tenant: string; readonly client: Schema<'ClientImpact'> }) {
  const { is_operator } = useSession();
  const base = is_operator ? `/tenants/${encodeURIComponent(tenant)}` : '';
  return (
    <Link to={`${base}/applications/${encodeURIComponent(client.client_id)}`}>
      <bdi>{client.client_name ?? client.client_id}</bdi>
    </Link>
  );
}
