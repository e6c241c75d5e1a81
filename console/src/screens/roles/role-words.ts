import type { Schema } from '../../api/operation.js';
import { type WordTable, useWords } from '../../texts/words.js';

type Role = Pick<Schema<'Role'>, 'name' | 'display_name' | 'description' | 'built_in'>;

/** The built-in roles, of which the API speaks English. */
export const builtInRoleWords: WordTable = {
  de: {
    owner: 'Eigentümer',
    'owner.description': 'Darf alles.',
    support: 'Support',
    'support.description': 'Sieht alles und hilft Menschen zurück in ihre Konten.',
    client_admin: 'Anwendungsverwaltung',
    'client_admin.description': 'Verwaltet Anwendungen, APIs und was Benutzer Anwendungen erlaubt haben.',
    user_admin: 'Benutzerverwaltung',
    'user_admin.description': 'Verwaltet Benutzer, Einladungen und was Benutzer Anwendungen erlaubt haben.',
    branding: 'Erscheinungsbild',
    'branding.description': 'Ändert, wie Seiten und Mails aussehen und was sie sagen.',
    auditor: 'Revision',
    'auditor.description': 'Sieht alles und ändert nichts.',
  },
};

/** What a role is called, and what it is for. A tenant's own roles say it in the words of the tenant. */
export function useRoleWords(): {
  readonly nameOf: (role: Role) => string;
  readonly describe: (role: Role) => string | null;
} {
  const words = useWords(builtInRoleWords);
  const wordOf = ({ built_in: isBuiltIn }: Role, key: string) => (isBuiltIn ? words(key) : undefined);
  return {
    nameOf: (role) => wordOf(role, role.name) ?? role.display_name,
    describe: (role) => wordOf(role, `${role.name}.description`) ?? role.description,
  };
}
