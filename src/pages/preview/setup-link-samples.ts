import type { TenantPageContext } from '../page-parts.js';
import type { SetupLinkPage, SetupLinkView } from '../setup-link-content.js';

/** What people see who come by a setup link. */
export function setupLinkSamples(context: TenantPageContext): Readonly<Record<string, SetupLinkView>> {
  const page: SetupLinkPage = {
    page: 'setup-link',
    context,
    action: '/t/sample/setup-link',
    hidden: { csrf: 'a token' },
    maker: 'Mario Rossi',
    purposes: ['verify_domain', 'brand'],
    until: new Date('2026-03-03T10:00:00Z'),
    isSingleUse: false,
  };
  return {
    'setup-link': page,
    'setup-link-once': { ...page, purposes: ['verify_domain'], isSingleUse: true },
    'setup-link-ended': { page: 'setup-link-ended', context, reason: 'revoked' },
  };
}
