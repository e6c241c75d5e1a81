import type { SetupPurpose } from '../../shell/session.js';

/** Where the screens of each purpose are: the `path` of their group. */
export const SETUP_PLACES: Readonly<Record<SetupPurpose, string>> = {
  verify_domain: 'domains',
  brand: 'branding',
};
