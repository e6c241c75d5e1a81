import type { Config } from '../config/config.js';

interface WelcomeFacts {
  /** Of the demo application. */
  readonly origin: string | undefined;
  readonly suspended: readonly string[];
}

/** Everything a newcomer needs, in one box: every URL, id and password of this development installation. */
export function welcomeText(config: Config, { origin, suspended }: WelcomeFacts): string {
  const { development, publicUrl, tenantHostSuffix, smtp } = config;
  if (!development) return '';
  const { port, protocol } = new URL(publicUrl);
  const hostOf = (slug: string) => `${protocol}//${slug}.${tenantHostSuffix}${port ? `:${port}` : ''}`;
  const lines = [
    'Tenantry is running on this machine, with two demo tenants.',
    '',
    `Try it in a browser    ${origin ?? 'the demo application does not run'}`,
    'or in a terminal       npx tenantry try login',
    '                       npx tenantry try token',
    '',
    ...(['acme', 'globex'] as const).flatMap((slug) => {
      const secrets = development.demo[slug];
      return [
        suspended.includes(slug)
          ? `Tenant ${slug} (suspended; "npx tenantry tenants resume ${slug}" ends that)`
          : `Tenant ${slug}`,
        `  issuer               ${publicUrl}/t/${slug}`,
        `                       ${hostOf(slug)}`,
        `  user                 alice / ${secrets.alicePassword}`,
        `  web client           web / ${secrets.webClientSecret}`,
        `  single-page client   spa`,
        `  machine client       machine / ${secrets.machineClientSecret}`,
        `  protected resource   https://api.${slug}.example`,
        slug === 'acme'
          ? `  sign-up              open, at ${publicUrl}/t/acme/sign-up`
          : '  sign-up              npx tenantry invitations create globex you@example.com',
        ...(slug === 'globex' ? ['  second factor        required; set up at the first sign-in'] : []),
        '',
      ];
    }),
    'Tenant system (owns the platform)',
    `  console              ${publicUrl}/console`,
    `  issuer               ${publicUrl}/t/system`,
    `  operator client      operator / ${config.bootstrap.clientSecret ?? ''}`,
    `  user                 admin / ${config.bootstrap.adminPassword ?? ''}`,
    '',
    ...(smtp ? [] : [`Mail to anybody        ${publicUrl}/dev/mail`]),
    `Management API         ${publicUrl}/api/v1/openapi.json`,
    `Data and secrets       ${config.dataDir}`,
  ];
  return box(lines);
}

function box(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 2);
  return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join('\n');
}
