import { useDeferredValue } from 'react';
import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ClientName, UserName } from '../applications/named.js';
import { texts } from './texts.js';

type Parties = Pick<Schema<'AuditEvent'>, 'actor' | 'target' | 'user_id' | 'client_id'>;

/** `user:<id>@acme`, and `client:<id>` of a target. */
const PARTY = /^([a-z_]+):(.+?)(?:@([^@]+))?$/;
/** Longer ones are generated, and told apart by their ends. */
const READABLE = 20;

/** Who did it, and to what, in one line. */
export function EventParties({ event }: { readonly event: Parties }) {
  const { actor, target, user_id, client_id } = event;
  const hasWho = actor !== null || user_id !== null;
  const hasConcerns = target !== null || client_id !== null;
  return (
    <>
      {hasWho && <Who event={event} />}
      {hasWho && hasConcerns && <Icon name="chevron" size={12} />}
      {hasConcerns && <Concerns event={event} />}
    </>
  );
}

/** Who did it: an administrator, an application, or the person who signed in. */
export function Who({ event: { actor, user_id } }: { readonly event: Parties }) {
  return actor === null && user_id !== null ? (
    <Party kind="user" id={user_id} whole={user_id} />
  ) : (
    <Actor actor={actor} />
  );
}

/** Who acts, as events and what they leave behind name them: `user:<id>@acme`, `client:operator@system`. */
export function Actor({ actor }: { readonly actor: string | null }) {
  const { tenant } = useTenant();
  if (actor === null) return <Nobody />;
  const [, kind, id = '', home] = PARTY.exec(actor) ?? [];
  return home === tenant ? <Party kind={kind} id={id} whole={actor} /> : <Stranger home={home} whole={actor} />;
}

/** What it was done to, or with which application. */
export function Concerns({ event: { target, client_id } }: { readonly event: Parties }) {
  if (target === null)
    return client_id === null ? <Nobody /> : <Party kind="client" id={client_id} whole={client_id} />;
  const [, kind, id = ''] = PARTY.exec(target) ?? [];
  return <Party kind={kind} id={id} whole={target} />;
}

interface PartyProps {
  readonly kind: string | undefined;
  readonly id: string;
  readonly whole: string;
}

function Party({ kind, id, whole }: PartyProps) {
  // The rows are there first, and then the names, which have to be asked for.
  const hasName = useDeferredValue(true, false);
  if (hasName && kind === 'user') return <UserName id={id} />;
  if (hasName && kind === 'client') return <ClientName id={id} />;
  return (
    <span className="nowrap" dir="ltr" title={whole}>
      {kind !== undefined && `${kind.replaceAll('_', ' ')} `}
      {shortened(id === '' ? whole : id)}
    </span>
  );
}

/** Of another tenant nothing is known here but its name. */
function Stranger({ home, whole }: { readonly home: string | undefined; readonly whole: string }) {
  const t = useTexts(texts);
  return (
    <span className="nowrap" title={whole}>
      {home === 'system' ? t('an_operator') : <span dir="ltr">{shortened(whole)}</span>}
    </span>
  );
}

function Nobody() {
  return <span className="soft">–</span>;
}

function shortened(id: string): string {
  return id.length <= READABLE ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
}
