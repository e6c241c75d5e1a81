/**
 * Who may do what with a member of a person's profile: nobody sees it on the account pages, the person sees it, or the
 * person changes it. Administrators change all of them.
 */
export const PROFILE_ACCESS = ['hidden', 'shown', 'editable'] as const;
export type ProfileAccess = (typeof PROFILE_ACCESS)[number];

/** What the platform has decided for a tenant that says nothing. The names are claims of OpenID Connect Core §5.1. */
export const DEFAULT_PROFILE_ACCESS = {
  name: 'editable',
  given_name: 'editable',
  family_name: 'editable',
  middle_name: 'hidden',
  nickname: 'editable',
  preferred_username: 'hidden',
  picture: 'editable',
  profile: 'hidden',
  website: 'hidden',
  gender: 'hidden',
  birthdate: 'editable',
  locale: 'editable',
  zoneinfo: 'editable',
  address: 'editable',
  email: 'editable',
  phone_number: 'editable',
} as const satisfies Record<string, ProfileAccess>;

export type ProfileField = keyof typeof DEFAULT_PROFILE_ACCESS;

export const PROFILE_FIELDS = Object.keys(DEFAULT_PROFILE_ACCESS) as readonly ProfileField[];

/** What a tenant decides otherwise. */
export type ProfileFieldPolicy = Readonly<Partial<Record<ProfileField, ProfileAccess>>>;

export function profileAccess({ profileFields }: { readonly profileFields: ProfileFieldPolicy }, field: ProfileField) {
  return profileFields[field] ?? DEFAULT_PROFILE_ACCESS[field];
}
