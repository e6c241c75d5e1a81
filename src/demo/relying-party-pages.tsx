import { decodeJwt } from 'jose';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { DemoClient, DemoTenantSettings } from './demo-settings.js';
import type { OwnClientForm } from './own-client.js';

/** The pages of the demo application: plain, and nothing like a tenant's, because it is somebody else's. */

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.25rem; }
  h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
  .muted { opacity: .7; } .row { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; }
  a.button, button { font: inherit; padding: .6rem 1.1rem; border: 1px solid; border-radius: .5rem; background: none;
    color: inherit; text-decoration: none; cursor: pointer; }
  a.button:focus-visible, button:focus-visible { outline: 3px solid; outline-offset: 2px; }
  pre { overflow: auto; padding: 1rem; border: 1px solid #8886; border-radius: .5rem; font-size: .85rem; }
  code { overflow-wrap: anywhere; }
  label { display: block; margin: 1rem 0 0; } label span { display: block; }
  input { box-sizing: border-box; font: inherit; width: 100%; margin-top: .25rem; padding: .5rem .7rem; border: 1px solid;
    border-radius: .5rem; background: none; color: inherit; }
  input:focus-visible, summary:focus-visible { outline: 3px solid; outline-offset: 2px; }
  summary { cursor: pointer; font-weight: 600; padding: .25rem 0; } details form { max-width: 30rem; }`;

const TYPED_EXACTLY = { autocomplete: 'off', autocapitalize: 'none', spellcheck: false } as const;

export function homePage(view: {
  readonly tenants: readonly DemoTenantSettings[];
  readonly platform: string;
  readonly redirectUri: string;
  readonly homeUri: string;
  /** What an address has filled in already. */
  readonly form: OwnClientForm;
}): string {
  const { tenants, form } = view;
  return document(
    <>
      <h1>Demo application</h1>
      <p class="muted">
        An application that knows two organisations. Each signs its own people in, under its own look, with its own
        keys; the application only follows the standards.
      </p>
      <div class="row">
        {tenants.map(({ slug, name }) => (
          <a class="button" id={`login-${slug}`} href={`/login?tenant=${slug}`}>
            Sign in with {name}
          </a>
        ))}
        {tenants
          .filter(({ offersSignUp }) => offersSignUp)
          .map(({ slug, name }) => (
            <a class="button" id={`sign-up-${slug}`} href={`/login?tenant=${slug}&prompt=create`}>
              Sign up at {name}
            </a>
          ))}
      </div>
      <details id="own-client" open={form.tenant !== ''}>
        <summary>Sign in with a client of your own tenant</summary>
        <p>
          Register it with the redirect URI <code id="redirect-uri">{view.redirectUri}</code> and, to come back after
          signing out, the post-logout redirect URI <code>{view.homeUri}</code>. Its tenant is at{' '}
          <code>{view.platform}/t/</code>.
        </p>
        <form method="post" action="/connect">
          <Field label="Tenant">
            <input name="tenant" value={form.tenant} required {...TYPED_EXACTLY} />
          </Field>
          <Field label="Client ID">
            <input name="client_id" value={form.client_id} required {...TYPED_EXACTLY} />
          </Field>
          <Field label="Client secret, unless it is a public client">
            <input name="client_secret" type="password" autocomplete="off" />
          </Field>
          <Field label="Scope">
            <input name="scope" value={form.scope} required {...TYPED_EXACTLY} />
          </Field>
          <div class="row">
            <button id="connect">Sign in</button>
          </div>
        </form>
      </details>
    </>,
  );
}

export function signedInPage(view: {
  readonly by: DemoClient & { readonly tenant?: DemoTenantSettings };
  readonly tokens: { readonly access_token: string; readonly refresh_token?: string; readonly scope?: string };
  readonly claims: object;
  readonly person: { readonly name?: string };
  readonly called?: { readonly status: number; readonly body: string } | undefined;
}): string {
  const { by, tokens, claims, person, called } = view;
  return document(
    <>
      <h1 id="signed-in">Signed in{person.name ? ` as ${person.name}` : ''}</h1>
      <p class="muted">
        By {by.name}, <code>{by.issuer}</code>. Scope: <code>{tokens.scope}</code>
      </p>
      <div class="row">
        {by.tenant && <Action path="/orders" id="call-api" label="Call the orders API" />}
        {by.tenant && (
          <Action path="/invoices" id="call-strict-api" label="Call the invoices API, which wants two factors" />
        )}
        {tokens.refresh_token && <Action path="/refresh" id="refresh" label="Refresh the tokens" />}
        <a class="button" id="account" href={`${by.issuer}/account`}>
          Your account at {by.name}
        </a>
        <Action path="/logout" id="logout" label="Sign out" />
      </div>
      {called && (
        <>
          <h2>
            The API answered <span id="api-status">{called.status}</span>
          </h2>
          <pre id="api-answer">{pretty(called.body)}</pre>
        </>
      )}
      <h2>Claims of the ID token</h2>
      <pre id="claims">{JSON.stringify(claims, null, 2)}</pre>
      <h2>What userinfo says</h2>
      <pre id="userinfo">{JSON.stringify(person, null, 2)}</pre>
      <h2>The access token</h2>
      <pre>{claimsOf(tokens.access_token)}</pre>
    </>,
  );
}

export function accessEndedPage(by: DemoClient & { readonly tenant?: DemoTenantSettings }): string {
  return document(
    <>
      <h1 id="access-ended">Your access has ended</h1>
      <p>{by.name} gives no new tokens: access was withdrawn, or it is over. The application has forgotten you.</p>
      <p>
        <a class="button" href={by.tenant ? `/login?tenant=${by.tenant.slug}` : '/'}>
          {by.tenant ? `Sign in with ${by.name}` : 'Back'}
        </a>
      </p>
    </>,
  );
}

export function notFoundPage(): string {
  return document(
    <>
      <h1 id="not-found">There is no such page</h1>
      <p>
        <a class="button" href="/">
          Back
        </a>
      </p>
    </>,
  );
}

export function errorPage(error: Error & { error?: string; error_description?: string }): string {
  return document(
    <>
      <h1 id="error">That did not work</h1>
      <p>{error.error_description ?? error.message}</p>
      <p>
        <a class="button" href="/">
          Back
        </a>
      </p>
    </>,
  );
}

/** An opaque one has a meaning for its issuer alone. */
function claimsOf(accessToken: string): string {
  try {
    return JSON.stringify(decodeJwt(accessToken), null, 2);
  } catch {
    return 'It is opaque: an API asks its issuer what it means (RFC 7662).';
  }
}

function Field({ label, children }: { readonly label: string; readonly children: VNode }): VNode {
  return (
    <label>
      <span>{label}</span>
      {children}
    </label>
  );
}

function Action({ path, id, label }: { readonly path: string; readonly id: string; readonly label: string }): VNode {
  return (
    <form method="post" action={path}>
      <button id={id}>{label}</button>
    </form>
  );
}

function document(content: ComponentChildren): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Demo application</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
