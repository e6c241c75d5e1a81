import type { VNode } from 'preact';
import { displayName } from '../look/display-text.js';
import type { MessageKey, MessageSet } from '../../language/messages.js';
import type { ConsentScope, ConsentScopeGroup } from '../page-content.js';
import { Icon } from './icon.js';
import { Name } from './name.js';

interface ScopeListProps {
  readonly groups: readonly ConsentScopeGroup[];
  readonly messages: MessageSet;
  readonly id?: string;
  /** One below that of the heading the list belongs to. */
  readonly headingLevel: 3 | 4;
  /** Of the form that the boxes of optional scopes belong to. */
  readonly formId?: string;
}

const DESCRIPTION_MAX_LENGTH = 240;

/** OpenID Connect Core §5.4 and §11. */
const STANDARD_SCOPES: Readonly<Record<string, MessageKey & `scope.${string}`>> = {
  openid: 'scope.openid',
  profile: 'scope.profile',
  email: 'scope.email',
  address: 'scope.address',
  phone: 'scope.phone',
  offline_access: 'scope.offline_access',
  groups: 'scope.groups',
  'account:read': 'scope.account_read',
  'account:write': 'scope.account_write',
};

/** What an application may do, grouped by where. New and known permissions are told apart only if there are both. */
export function ScopeList({ groups, messages, id, headingLevel, formId }: ScopeListProps) {
  const isMixed = asksForMore(groups);
  const Heading = `h${headingLevel}` as const;
  return (
    <div id={id} class="scopes">
      {groups.map(({ resourceName, scopes }) => (
        <section class="scope-group">
          <Heading class="scope-heading">
            {resourceName === undefined ? messages.text('consent.account') : <Name of={resourceName} />}
          </Heading>
          <ul>
            {scopes.map((scope) => (
              <li data-scope={scope.name}>
                {scope.choice === undefined ? (
                  <>
                    <Icon name="check" />
                    <span>
                      {describe(scope, messages)} {isMixed && <ScopeStatus scope={scope} messages={messages} />}
                    </span>
                  </>
                ) : (
                  <label class="choice">
                    <input
                      type="checkbox"
                      form={formId}
                      name={scope.choice.field}
                      value="on"
                      checked={scope.choice.isTicked}
                    />
                    <span>
                      {describe(scope, messages)} <span class="chip">{messages.text('consent.optional')}</span>{' '}
                      {isMixed && <ScopeStatus scope={scope} messages={messages} />}
                    </span>
                  </label>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Some is allowed already, and some is new: a client may also ask again for what it has (`prompt=consent`). */
export function asksForMore(groups: readonly ConsentScopeGroup[]): boolean {
  const all = groups.flatMap(({ scopes }) => scopes);
  return all.some(({ isGranted }) => isGranted) && all.some(({ isGranted }) => !isGranted);
}

function ScopeStatus({ scope, messages }: { readonly scope: ConsentScope; readonly messages: MessageSet }) {
  return scope.isGranted ? (
    <span class="chip">{messages.text('consent.alreadyAllowed')}</span>
  ) : (
    <span class="chip new">{messages.text('consent.new')}</span>
  );
}

function describe({ name, description, descriptionLanguage }: ConsentScope, messages: MessageSet) {
  const standard = Object.hasOwn(STANDARD_SCOPES, name) ? STANDARD_SCOPES[name] : undefined;
  const given = displayName(description ?? '', '', DESCRIPTION_MAX_LENGTH);
  if (given !== '') return <bdi {...descriptionLanguage}>{given}</bdi>;
  if (standard !== undefined) return messages.text(standard);
  return messages.rich('consent.otherScope', { scope: scopeCode(name) });
}

function scopeCode(name: string): VNode {
  return (
    <code>
      <Name of={name} />
    </code>
  );
}
