import { Checkbox } from '@mantine/core';
import type { FieldControl } from '../../kit/form-field.js';
import { useSession } from '../../shell/session.js';
import { useTexts } from '../../texts/texts.js';
import { permissionTexts } from './permission-texts.js';

/** The scopes of the management API, by what they are about. */
const AREAS = {
  tenant: ['tenants:read', 'tenants:write', 'branding:write'],
  applications: ['clients:read', 'clients:write', 'apis:read', 'apis:write'],
  people: ['users:read', 'users:write', 'users:recover', 'consents:read', 'consents:write'],
  administrators: ['roles:read', 'roles:write'],
  security: ['keys:read', 'keys:write', 'audit:read'],
  events: ['webhooks:read', 'webhooks:write'],
} as const;
type Area = keyof typeof AREAS;
type Permission = (typeof AREAS)[Area][number];

/** What a role allows, in words. */
export function PermissionList({ permissions }: { readonly permissions: readonly string[] }) {
  const t = useTexts(permissionTexts);
  return areasOf((one) => permissions.includes(one)).map(([area, names]) => (
    <section key={area}>
      <h3>{t(area)}</h3>
      <ul className="plain">
        {names.map((name) => (
          <li key={name}>
            {t(name)} <code className="soft">{name}</code>
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** Chooses what a role allows. Nobody gives what they do not have. */
export function PermissionChoice({ id, value, onChange, error }: FieldControl) {
  const t = useTexts(permissionTexts);
  const own = useSession().permissions;
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    <Checkbox.Group
      id={id}
      label={t('permissions')}
      description={t('permissions_help')}
      error={error}
      value={chosen}
      onChange={onChange}
      withAsterisk
      tabIndex={-1}
    >
      <div className="stack">
        {areasOf(() => true).map(([area, names]) => (
          <fieldset className="form-fields" key={area}>
            <legend>
              <strong>{t(area)}</strong>
            </legend>
            <div className="plain">
              {names.map((name) => (
                <Checkbox
                  key={name}
                  value={name}
                  label={t(name)}
                  description={own.includes(name) ? name : t('not_yours', { name })}
                  disabled={!own.includes(name) && !chosen.includes(name)}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  );
}

function areasOf(has: (name: Permission) => boolean): readonly (readonly [Area, readonly Permission[]])[] {
  return (Object.entries(AREAS) as [Area, readonly Permission[]][])
    .map(([area, names]) => [area, names.filter(has)] as const)
    .filter(([, names]) => names.length > 0);
}
