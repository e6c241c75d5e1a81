import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runIn } from '../../src/cli/command-line.js';
import { ManagementApi } from '../../src/cli/management-api.js';
import type { ManagementClient } from '../support/management-client.js';

type Json = Record<string, unknown>;
export type Answer = Readonly<Record<string, never>>;

/** What operators and administrators do in a week. Every step is one request, or one command. */
export interface Plane {
  onboard(slug: string, email: string): Promise<void>;
  readiness(slug: string): Promise<{ readonly ready: boolean }>;
  claimDomain(slug: string, domain: string): Promise<Claimed>;
  verifyDomain(slug: string, domain: string): Promise<{ readonly status: string }>;
  draftColour(slug: string, colour: string): Promise<void>;
  publish(slug: string): Promise<{ readonly number: number }>;
  setPolicy(slug: string, policy: Readonly<Record<string, unknown>>): Promise<void>;
  explainPolicy(slug: string): Promise<{ readonly explained: Readonly<Record<string, { readonly from: string }>> }>;
  registerApi(slug: string, identifier: string, scope: string): Promise<void>;
  registerClient(slug: string, metadata: Json): Promise<{ readonly client_id: string; readonly client_secret: string }>;
  createUser(
    slug: string,
    username: string,
    email: string,
  ): Promise<{ readonly id: string; readonly password: string }>;
  approveRegistration(slug: string, id: string): Promise<{ readonly state: string }>;
  events(slug: string, type: string): Promise<readonly Event[]>;
  exportLog(slug: string): Promise<string>;
  sessions(slug: string, user: { readonly id: string }): Promise<readonly { readonly id: string }[]>;
  endSession(slug: string, user: { readonly id: string }, session: string): Promise<void>;
  rotateKeys(slug: string): Promise<void>;
  keys(slug: string): Promise<readonly { readonly kid: string; readonly status: string }[]>;
  suspend(slug: string): Promise<void>;
  resume(slug: string): Promise<void>;
  destroy(slug: string): Promise<{ readonly id: string; readonly status: string; readonly receipt: string | null }>;
  receipt(id: string): Promise<{ readonly status: string; readonly receipt: string | null }>;
}

export interface Claimed {
  readonly issuer: string;
  readonly challenge: { readonly dns: { readonly name: string; readonly value: string } };
}

export interface Event {
  readonly type: string;
  readonly outcome: string;
  readonly user_id: string | null;
  readonly client_id: string | null;
}

/** By the management API. */
export class ApiPlane implements Plane {
  constructor(private readonly client: ManagementClient) {}

  async onboard(slug: string, email: string): Promise<void> {
    const made = await this.client.create<Json>('/tenants', { slug, display_name: slug, admin: { email } });
    if (typeof made['readiness'] !== 'object') throw new Error('Onboarding does not say what is missing.');
    await this.client.create(`/tenants/${slug}/clients`, {
      client_id: 'tenantry-cli',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/oauth2-redirect.html'],
      scope: 'openid',
      permissions: [{ api: `${this.client.url}/api`, scopes: await this.managementScopes() }],
    });
  }

  readiness = (slug: string) => this.client.get<{ ready: boolean }>(`/tenants/${slug}/readiness`);
  claimDomain = (slug: string, domain: string) => this.client.create<Claimed>(`/tenants/${slug}/domains`, { domain });
  verifyDomain = (slug: string, domain: string) =>
    this.send<{ status: string }>('POST', `/tenants/${slug}/domains/${domain}/verify`);

  async draftColour(slug: string, colour: string): Promise<void> {
    await this.send('PATCH', `/tenants/${slug}/branding`, { branding: { primary_color: colour } });
  }

  publish = (slug: string) => this.send<{ number: number }>('POST', `/tenants/${slug}/branding/publish`, {});

  async setPolicy(slug: string, policy: object): Promise<void> {
    await this.send('PATCH', `/tenants/${slug}`, { policy });
  }

  explainPolicy = (slug: string) =>
    this.client.get<{ explained: Record<string, { from: string }> }>(`/tenants/${slug}/policy/effective?explain=true`);

  async registerApi(slug: string, identifier: string, scope: string): Promise<void> {
    await this.client.create(`/tenants/${slug}/apis`, {
      identifier,
      display_name: 'Orders',
      scopes: [{ name: scope, description: scope }],
    });
  }

  registerClient = (slug: string, metadata: Json) =>
    this.client.create<{ client_id: string; client_secret: string }>(`/tenants/${slug}/clients`, metadata);

  async createUser(slug: string, username: string, email: string) {
    const password = 'eleven geese over the mill';
    const body = { username, email, email_verified: true, password };
    const { id } = await this.client.create<{ id: string }>(`/tenants/${slug}/users`, body);
    return { id, password };
  }

  approveRegistration = (slug: string, id: string) =>
    this.send<{ state: string }>('PUT', `/tenants/${slug}/client-registrations/${id}/approval`);

  async events(slug: string, type: string) {
    return (await this.client.get<{ data: Event[] }>(`/tenants/${slug}/audit-events?type=${type}`)).data;
  }

  async exportLog(slug: string): Promise<string> {
    return (await this.client.request('GET', `/tenants/${slug}/audit-events/export`)).text;
  }

  async sessions(slug: string, { id }: { id: string }) {
    return (await this.client.get<{ data: { id: string }[] }>(`/tenants/${slug}/users/${id}/sessions`)).data;
  }

  async endSession(slug: string, { id }: { id: string }, session: string): Promise<void> {
    await this.send('DELETE', `/tenants/${slug}/users/${id}/sessions/${session}`);
  }

  async rotateKeys(slug: string): Promise<void> {
    await this.send('POST', `/tenants/${slug}/keys/rotate`, {});
  }

  async keys(slug: string) {
    return (await this.client.get<{ data: { kid: string; status: string }[] }>(`/tenants/${slug}/keys`)).data;
  }

  suspend = (slug: string) => this.setStatus(slug, 'suspended');
  resume = (slug: string) => this.setStatus(slug, 'active');
  destroy = (slug: string) =>
    this.send<{ id: string; status: string; receipt: string | null }>('DELETE', `/tenants/${slug}?immediately=true`);
  receipt = (id: string) => this.client.get<{ status: string; receipt: string | null }>(`/tenants/deletions/${id}`);

  private async setStatus(slug: string, status: string): Promise<void> {
    await this.send('PATCH', `/tenants/${slug}`, { status });
  }

  private async managementScopes(): Promise<string[]> {
    const { components } = await this.client.get<{
      components: {
        securitySchemes: { management: { flows: { clientCredentials: { scopes: Record<string, string> } } } };
      };
    }>('/openapi.json');
    return Object.keys(components.securitySchemes.management.flows.clientCredentials.scopes);
  }

  private async send<Shape>(method: string, path: string, body?: unknown): Promise<Shape> {
    const answer = await this.client.request(method, path, body, { 'if-match': '*' });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text === '' ? ({} as Shape) : answer.json<Shape>();
  }
}

/** By `npx tenantry`. */
export class CommandPlane implements Plane {
  private readonly api: ManagementApi;

  constructor({ url, token }: ManagementClient) {
    this.api = new ManagementApi(url, async () => token);
  }

  async onboard(slug: string, email: string): Promise<void> {
    const { readiness } = await this.json<{ readiness?: object }>('tenants', 'create', slug, '--invite', email);
    if (readiness === undefined) throw new Error('Onboarding does not say what is missing.');
  }

  readiness = (slug: string) => this.json<{ ready: boolean }>('tenants', 'readiness', slug);
  claimDomain = (slug: string, domain: string) => this.json<Claimed>('domains', 'create', slug, domain);
  verifyDomain = (slug: string, domain: string) => this.json<{ status: string }>('domains', 'verify', slug, domain);

  async draftColour(slug: string, colour: string): Promise<void> {
    await this.run('branding', 'edit', slug, '--primary-color', colour);
  }

  publish = (slug: string) => this.json<{ number: number }>('branding', 'publish', slug);

  async setPolicy(slug: string, policy: object): Promise<void> {
    const members = Object.entries(policy).map(([member, value]) => `${member}=${JSON.stringify(value)}`);
    await this.run('tenants', 'policy', slug, '--set', ...members);
  }

  explainPolicy = (slug: string) =>
    this.json<{ explained: Record<string, { from: string }> }>('tenants', 'policy', slug, '--explain');

  async registerApi(slug: string, identifier: string, scope: string): Promise<void> {
    await this.run('apis', 'create', slug, identifier, '--scope', `${scope}=${scope}`);
  }

  registerClient = (slug: string, metadata: Json) =>
    this.json<{ client_id: string; client_secret: string }>(
      ...['clients', 'create', slug, '--metadata', JSON.stringify(metadata)],
    );

  createUser = (slug: string, username: string, email: string) =>
    this.json<{ id: string; password: string }>(
      ...['users', 'create', slug, username, '--email', email, '--email-verified', 'true'],
    );

  approveRegistration = (slug: string, id: string) =>
    this.json<{ state: string }>('client-registrations', 'approve', slug, id, '--yes');

  async events(slug: string, type: string) {
    return (await this.json<{ data: Event[] }>('audit-events', 'list', slug, '--type', type)).data;
  }

  async exportLog(slug: string): Promise<string> {
    const directory = mkdtempSync(join(tmpdir(), 'tenantry-week-'));
    try {
      const file = join(directory, 'log.ndjson');
      await this.run('audit', 'export', slug, file);
      return readFileSync(file, 'utf8');
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  async sessions(slug: string, { id }: { id: string }) {
    return (await this.json<{ data: { id: string }[] }>('users', 'sessions', slug, id)).data;
  }

  async endSession(slug: string, { id }: { id: string }, session: string): Promise<void> {
    await this.run('users', 'end-sessions', slug, id, session, '--yes');
  }

  async rotateKeys(slug: string): Promise<void> {
    await this.run('keys', 'rotate', slug);
  }

  async keys(slug: string) {
    return (await this.json<{ data: { kid: string; status: string }[] }>('keys', 'list', slug)).data;
  }

  async suspend(slug: string): Promise<void> {
    await this.run('tenants', 'suspend', slug);
  }

  async resume(slug: string): Promise<void> {
    await this.run('tenants', 'resume', slug);
  }

  destroy = (slug: string) =>
    this.json<{ id: string; status: string; receipt: string | null }>(
      ...['tenants', 'delete', slug, '--immediately', '--yes'],
    );

  receipt = (id: string) => this.json<{ status: string; receipt: string | null }>('tenants', 'receipt', id);

  private async json<Shape>(...words: string[]): Promise<Shape> {
    return JSON.parse(await this.run(...words, '--json')) as Shape;
  }

  private async run(...words: string[]): Promise<string> {
    const written = { output: '', errors: '' };
    const terminal = {
      print: (text: string) => void (written.output += `${text}\n`),
      warn: (text: string) => void (written.errors += `${text}\n`),
      ask: async () => undefined,
    };
    const code = await runIn({ terminal, api: this.api }, ['node', 'tenantry', ...words], '0');
    if (code !== 0) throw new Error(`tenantry ${words.join(' ')}: ${code} ${written.errors}`);
    return written.output;
  }
}
