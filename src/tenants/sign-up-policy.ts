/**
 * Who may make an account: nobody, whoever was invited, whoever reads the mail of an address in one of the tenant's
 * domains, or everybody.
 */
export const SIGN_UP_MODES = ['closed', 'invitation', 'domains', 'open'] as const;

export type SignUpMode = (typeof SIGN_UP_MODES)[number];

/** What a person may be asked for beside e-mail address and password. Without a user name the address is one. */
export const SIGN_UP_ATTRIBUTES = ['username', 'name', 'given_name', 'family_name', 'phone_number'] as const;

export type SignUpAttribute = (typeof SIGN_UP_ATTRIBUTES)[number];

export type SignUpAttributes = Readonly<Partial<Record<SignUpAttribute, 'required' | 'optional'>>>;
