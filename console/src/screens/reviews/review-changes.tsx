import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { Panel } from '../../design/states.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import '../applications/applications.css';

type Change = Schema<'ClientRegistration'>['changes'][number];

/** What approving it changes, member by member; what gives the application something comes first. */
export function ReviewChanges({ registration }: { readonly registration: Schema<'ClientRegistration'> }) {
  const t = useTexts(texts);
  const changes = [...registration.changes].sort((one, other) => Number(other.sensitive) - Number(one.sensitive));
  return (
    <Panel
      title={t(registration.registered ? 'changes' : 'proposal')}
      lead={t(registration.registered ? 'changes_lead' : 'proposal_lead')}
    >
      {changes.length === 0 ? (
        <p className="soft">{t('changes_none')}</p>
      ) : (
        <ul className="change-list">
          {changes.map((change) => (
            <li key={change.member}>
              <div className="actions">
                <Member name={change.member} />
                {registration.registered && change.sensitive && <StateBadge tone="warn">{t('sensitive')}</StateBadge>}
              </div>
              <Lines change={change} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const NAMED = [
  'client_name',
  'application_type',
  'response_types',
  'redirect_uris',
  'post_logout_redirect_uris',
  'scope',
  'permissions',
  'grant_types',
] as const;

/** What people call it, with its name in the protocol. */
function Member({ name }: { readonly name: string }) {
  const t = useTexts(texts);
  const known = NAMED.find((one) => one === name);
  return (
    <>
      {known && <strong>{t(`member_${known}`)}</strong>}
      <code className={known && 'soft'}>{name}</code>
    </>
  );
}

function Lines({ change }: { readonly change: Change }) {
  const { added, removed, before, after } = change;
  if (added !== undefined || removed !== undefined) {
    return (
      <>
        {(removed ?? []).map((one) => (
          <Line key={`- ${one}`} change="removed" text={one} />
        ))}
        {(added ?? []).map((one) => (
          <Line key={`+ ${one}`} change="added" text={one} />
        ))}
      </>
    );
  }
  return (
    <>
      {before !== null && <Line change="removed" text={shown(before)} />}
      {after !== null && <Line change="added" text={shown(after)} />}
    </>
  );
}

/** A sign, a word and a colour say which way it goes. */
function Line({ change, text }: { readonly change: 'added' | 'removed'; readonly text: string }) {
  const t = useTexts(texts);
  return (
    <div className="change-line" data-change={change}>
      <span aria-hidden="true">{change === 'added' ? '+' : '−'}</span>
      <span>
        <span className="visually-hidden">{t(change)}: </span>
        <code>{text}</code>
      </span>
    </div>
  );
}

function shown(value: Change['after']): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('\n');
  return JSON.stringify(value, null, 2);
}
