import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../browser/chromium.js';
import { freePort } from '../support/platform.js';
import { CopiedProgram } from './copied-program.js';
import { type Demo, startDemo } from './demo.js';
import { Album, Person, type Way } from './person.js';

/**
 * The first week of a tenant, from a fresh `npm start` and without the command line: the operator onboards it, its
 * administrator sets it up, a developer registers an application, somebody signs in, and the tenant is deleted.
 */

interface Bank {
  readonly name: string;
  readonly slug: string;
}

const WEEKS: readonly (readonly [Way, Bank])[] = [
  [
    { hands: 'mouse', screen: 'desktop', locale: 'en' },
    { name: 'Harbour Bank', slug: 'harbour-bank' },
  ],
  [
    { hands: 'touch', screen: 'phone', locale: 'en' },
    { name: 'Lakeside Trust', slug: 'lakeside-trust' },
  ],
  [
    { hands: 'keyboard', screen: 'desktop', locale: 'en' },
    { name: 'Northgate Savings', slug: 'northgate-savings' },
  ],
  [
    { hands: 'mouse', screen: 'desktop', locale: 'de' },
    { name: 'Hafenbank Süd', slug: 'hafenbank-sued' },
  ],
];
const PASSWORD = 'nine lanterns on a slow river';
const COLOUR = '#7a1f3d';
const ORDERS = 'https://orders.bank.example';

let demo: Demo;
let browser: Browser;
beforeAll(
  async () => void ([demo, browser] = await Promise.all([startDemo({ how: 'npm' }), launchChromium()])),
  240_000,
);
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

describe.each(WEEKS)('a week with %j', (way, { name, slug }) => {
  const album = new Album(['console-week', way.hands, way.screen, way.locale].join('-'));
  const w = (english: string, german: string) => (way.locale === 'de' ? german : english);
  const addressOf = (who: string) => `${who}@${slug}.example`;
  const everybody: Person[] = [];
  const comes = async () => {
    const person = await Person.come(browser, way, album);
    everybody.push(person);
    return person;
  };
  let issuer: string;
  let operator: Person;
  let boss: Person;
  let dora: Person;
  let uma: Person;
  let program: CopiedProgram | undefined;
  let application: string;
  let clientId: string;
  let secret: string;
  let isFine = true;

  beforeAll(async () => {
    issuer = `${demo.url}/t/${slug}`;
    application = `http://127.0.0.1:${String(await freePort())}`;
    operator = await comes();
    boss = await comes();
    dora = await comes();
    uma = await comes();
  });
  // Whatever comes after a step that failed has nothing to stand on.
  const step = (what: string, work: () => Promise<void>) =>
    it(
      what,
      async () => {
        expect(isFine).toBe(true);
        isFine = false;
        await work();
        isFine = true;
      },
      240_000,
    );
  afterEach(async () => {
    if (!isFine) await Promise.all(everybody.splice(0).map((person) => person.abandon()));
  });
  afterAll(() => program?.stop());

  /** The newest mail to somebody is at `/dev/mail`; its link leads on. */
  async function followsMail(person: Person, to: string): Promise<void> {
    const mail = person.page.locator('#dev-mails li').filter({ has: person.page.getByText(to, { exact: true }) });
    do await person.open(`${demo.url}/dev/mail`);
    while ((await mail.count()) === 0);
    await person.press(mail.locator('a').first());
    await person.press(person.page.locator('#mail-link'));
  }

  async function accepts(person: Person, to: string): Promise<void> {
    await followsMail(person, to);
    await person.type(person.page.locator('[name=new_password]'), PASSWORD);
    await person.type(person.page.locator('[name=new_password_again]'), PASSWORD);
    await person.look('invitation');
    await person.press(person.page.locator('#sign-up-submit'));
    await person.page.locator('.account-head').waitFor();
  }

  async function invites(who: string, fullName: string): Promise<void> {
    await boss.goes(w('Users', 'Benutzer'));
    await boss.press(boss.button(w('Invite somebody', 'Jemanden einladen')));
    await boss.arrives(w('Invite somebody', 'Jemanden einladen'));
    await boss.type(boss.field(w('E-mail address', 'E-Mail-Adresse')), addressOf(who));
    await boss.type(boss.field(w('Full name', 'Voller Name')), fullName);
    await boss.look(`invite-${who}`);
    await boss.press(boss.button(w('Send invitation', 'Einladung senden')));
    await boss.arrives(addressOf(who));
  }

  step('the operator onboards the tenant and invites its administrator', async () => {
    await operator.open(`${demo.url}/console`);
    await operator.type(operator.page.locator('[name=username]'), 'admin');
    await operator.type(operator.page.locator('[name=password]'), demo.secrets.bootstrapAdminPassword);
    await operator.press(operator.page.locator('#login-submit'));
    await operator.arrives(w('Platform', 'Plattform'));
    await operator.look('operator-home');
    await operator.goes(w('Tenants', 'Mandanten'));
    await operator.look('tenants');
    await operator.press(operator.button(w('New tenant', 'Neuer Mandant')));
    await operator.arrives(w('New tenant', 'Neuer Mandant'));
    await operator.look('wizard-rules');
    const next = operator.button(w('Continue', 'Weiter'));
    await operator.press(next);
    await operator.type(operator.field('Name'), name);
    await operator.sees(issuer);
    await operator.look('wizard-name');
    await operator.press(next);
    await operator.type(operator.field(w('E-mail address', 'E-Mail-Adresse')), addressOf('olga'));
    await operator.type(operator.field(w('Full name', 'Vollständiger Name')), 'Olga Brandt');
    await operator.choose(operator.list(w('Language of the mail', 'Sprache der E-Mail')), w('English', 'Deutsch'));
    await operator.look('wizard-administrator');
    await operator.press(operator.button(w('Create the tenant', 'Mandanten anlegen')));
    await operator.arrives(w(`${name} is there`, `${name} ist da`));
    await operator.look('tenant-made');
  });

  step('the administrator accepts by mail and finds the console', async () => {
    await accepts(boss, addressOf('olga'));
    await boss.look('account-of-administrator');
    await boss.press(boss.link(w('Console', 'Konsole')));
    await boss.arrives(name);
    await boss.look('admin-home');
  });

  step('the administrator brands the tenant with the live preview', async () => {
    await boss.goes(w('Branding', 'Erscheinungsbild'));
    const preview = boss.page.frameLocator('.branding-frame iframe');
    // A phone shows one of the two.
    const turnTo = async (side: string) => {
      if (way.screen === 'phone') await boss.press(boss.button(side));
    };
    const [fields, shown] = [w('Fields', 'Felder'), w('Preview', 'Vorschau')];
    await turnTo(shown);
    await preview.locator('#login-submit').waitFor();
    await turnTo(fields);
    const logo = { name: 'logo.png', mimeType: 'image/png', buffer: await wordmark(name) };
    await boss.chooseFile(boss.button(w('Choose a file: Logo', 'Datei wählen: Logo')), logo);
    await boss.type(boss.field(w('Buttons and links', 'Knöpfe und Links')), COLOUR);
    await boss.sees(w('Draft is saved', 'Entwurf ist gespeichert'));
    await turnTo(shown);
    await preview.locator('header img, .brand img').first().waitFor();
    await boss.look('branding-look');
    await turnTo(fields);
    await boss.press(boss.link(w('Words', 'Texte')));
    const heading = w('Good to see you', 'Schön, dass Sie da sind');
    await boss.type(boss.field(w('Heading of the sign-in page', 'Überschrift der Anmeldeseite')), heading);
    await turnTo(shown);
    await preview.getByRole('heading', { name: heading }).waitFor();
    await boss.look('branding-words');
    await boss.press(boss.button(w('Publish', 'Veröffentlichen')));
    await boss.type(boss.field(w('What it is for', 'Wofür das ist')), w('First look', 'Erster Auftritt'));
    await boss.look('branding-publish');
    await boss.press(boss.inDialog(w('Publish now', 'Jetzt veröffentlichen')));
    await boss.sees(w('It is published.', 'Es ist veröffentlicht.'));
  });

  step('the administrator registers an API', async () => {
    await boss.goes('APIs');
    await boss.look('no-apis');
    await boss.press(boss.button(w('New API', 'Neue API')));
    await boss.arrives(w('New API', 'Neue API'));
    await boss.type(boss.field('Name'), w('Orders', 'Bestellungen'));
    await boss.type(boss.field(w('Identifier', 'Kennung')), ORDERS);
    await boss.type(boss.field('Scope'), 'orders:read');
    await boss.type(boss.field(w('What it allows', 'Was er erlaubt')), 'See your orders');
    await boss.type(boss.field(w('The same in German', 'Dasselbe auf Deutsch')), 'Ihre Bestellungen sehen');
    await boss.look('new-api');
    await boss.press(boss.button(w('Create', 'Anlegen')));
    await boss.arrives(w('Orders', 'Bestellungen'));
    await boss.look('api');
  });

  step('the administrator registers an application, and its copied code runs', async () => {
    await boss.goes(w('Applications', 'Anwendungen'));
    await boss.press(boss.button(w('New application', 'Neue Anwendung')));
    await boss.arrives(w('New application', 'Neue Anwendung'));
    await boss.look('kinds-of-applications');
    await boss.press(boss.link(w('Web application', 'Webanwendung')).or(boss.page.locator('a.kind').first()));
    await boss.arrives(w('New web application', 'Neue Webanwendung'));
    await boss.type(boss.field('Name'), w('Order desk', 'Bestellannahme'));
    await boss.add(boss.list(w('Redirect URIs', 'Redirect-URIs')), `${application}/callback`);
    await boss.add(boss.list(w('Redirect URIs', 'Redirect-URIs')), `${demo.application}/callback`);
    await boss.press(boss.button(w('Add an API', 'API hinzufügen')));
    await boss.look('new-application');
    await boss.press(boss.button(w('Create', 'Anlegen')));
    await boss.arrives(w('Order desk is registered', 'Bestellannahme ist registriert'));
    await boss.look('application-made');
    clientId = await boss.copy(boss.button(w('Copy Client id', 'Client-ID kopieren')));
    secret = await boss.copy(boss.button(w('Copy Client secret', 'Client-Secret kopieren')));
    const code = await boss.copy(boss.button(w('Copy server.mjs', 'server.mjs kopieren')));
    program = new CopiedProgram('server.mjs', code, { CLIENT_SECRET: secret, PORT: new URL(application).port });
    await program.answers(application);
    await boss.press(boss.button(/I have kept the secret|Ich habe das Secret verwahrt/));
    await boss.arrives(w('Order desk', 'Bestellannahme'));
    await boss.look('application');
  });

  step('the administrator lets developers register applications, and invites one', async () => {
    const rule = w('Developers register applications', 'Entwickler registrieren Anwendungen');
    const hosts = w('Where their redirect URIs may lead', 'Wohin ihre Redirect-URIs führen dürfen');
    const change = w('Change', 'Ändern');
    await boss.goes(w('Policies', 'Richtlinien'));
    await boss.type(
      boss.field(w('Find a rule by name, effect or member', 'Regel nach Name, Wirkung oder Feld finden')),
      'developer_re',
    );
    await boss.press(boss.button(`${change}: ${rule}`));
    await boss.choose(boss.list(rule), w('With approval', 'Mit Freigabe'));
    await boss.press(boss.button(`${change}: ${hosts}`));
    await boss.add(boss.list(hosts), `*.${slug}.example`);
    await boss.look('policies');
    await boss.press(boss.button(w('Check and save', 'Prüfen und speichern')));
    await boss.sees(w('Nobody is broken by this', 'Das trifft niemanden'));
    await boss.look('policies-impact');
    await boss.press(boss.inDialog(w('Save', 'Speichern')));
    await boss.sees(w('Saved', 'Gespeichert'));
    await invites('dora', 'Dora Lenz');
  });

  step('a developer registers an application on the pages of the tenant', async () => {
    await accepts(dora, addressOf('dora'));
    await dora.press(dora.page.locator('.account-nav a[href$="/account/clients"]'));
    await dora.press(dora.page.locator('#new-client'));
    await dora.type(dora.page.locator('[name=client_name]'), 'Tide Tables');
    await dora.type(dora.page.locator('[name=redirect_uris]'), `https://tides.${slug}.example/callback`);
    await dora.look('developer-form');
    await dora.press(dora.page.locator('#client-submit'));
    await dora.press(dora.page.locator('#submit-client'));
    await dora.page.waitForURL(/client_submitted/);
    await dora.look('developer-handed-in');
  });

  step('the administrator approves it', async () => {
    await boss.goes(w('Reviews', 'Prüfungen'));
    await boss.look('reviews');
    await boss.press(boss.link('Tide Tables'));
    await boss.arrives('Tide Tables');
    await boss.look('review');
    await boss.press(boss.button(w('Approve', 'Genehmigen')));
    await boss.sees(w('Tide Tables is approved', 'Tide Tables ist genehmigt'));
    await boss.press(boss.button(w('Open the application', 'Zur Anwendung')));
    await boss.arrives('Tide Tables');
  });

  step('somebody is invited, accepts, and signs in to the application', async () => {
    await invites('uma', 'Uma Thiel');
    await boss.look('invitation');
    await accepts(uma, addressOf('uma'));
    const atWork = await comes();
    await atWork.open(application);
    await atWork.page.getByRole('heading', { name: w('Good to see you', 'Schön, dass Sie da sind') }).waitFor();
    await atWork.type(atWork.page.locator('[name=username]'), addressOf('uma'));
    await atWork.type(atWork.page.locator('[name=password]'), PASSWORD);
    await atWork.look('sign-in-as-branded');
    await atWork.press(atWork.page.locator('#login-submit'));
    await atWork.page.locator('#consent-approve').waitFor();
    await atWork.sees(w('See your orders', 'Ihre Bestellungen sehen'));
    await atWork.look('consent');
    await atWork.press(atWork.page.locator('#consent-approve'));
    await atWork.page.waitForURL(`${application}/callback?**`);
    const claims = JSON.parse(await atWork.page.locator('body').innerText()) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: issuer, email: addressOf('uma'), name: 'Uma Thiel' });
    await atWork.look('signed-in');
    // And to the demo application, which any client can be tried with.
    const form = atWork.page.locator('#own-client');
    await atWork.open(demo.application);
    await atWork.press(form.locator('summary'));
    await atWork.type(form.locator('[name=tenant]'), slug);
    await atWork.type(form.locator('[name=client_id]'), clientId);
    await atWork.type(form.locator('[name=client_secret]'), secret);
    await atWork.look('demo-application');
    await atWork.press(form.locator('#connect'));
    await atWork.page.getByRole('heading', { name: 'Signed in as Uma Thiel' }).waitFor();
    await atWork.sees(issuer);
    await atWork.look('demo-application-signed-in');
  });

  step('the administrator sees the event, ends the sessions, and rotates the keys', async () => {
    await boss.goes(w('Audit log', 'Protokoll'));
    await boss.look('audit-log');
    await boss.press(boss.button('user.signed_in'));
    await boss.sees(w('Details', 'Einzelheiten'));
    await boss.look('event');
    await boss.press(boss.inDialog(w('Close', 'Schließen')));
    await boss.goes(w('Users', 'Benutzer'));
    await boss.look('users');
    await boss.press(boss.link(addressOf('uma')));
    await boss.arrives('Uma Thiel');
    await boss.look('user');
    await boss.press(boss.link(w('Sessions', 'Sitzungen')));
    await boss.press(boss.button(w('End all sessions', 'Alle Sitzungen beenden')));
    await boss.look('end-sessions');
    await boss.press(boss.inDialog(w('End all sessions', 'Alle Sitzungen beenden')));
    await boss.sees(w('All sessions have ended.', 'Alle Sitzungen sind beendet.'));
    await uma.open(`${issuer}/account`);
    await uma.page.locator('#login-submit').waitFor();
    await boss.goes(w('Keys', 'Schlüssel'), w('Signing keys', 'Signaturschlüssel'));
    await boss.look('keys');
    await boss.press(boss.button(w('Rotate all keys', 'Alle Schlüssel wechseln')));
    await boss.look('rotate');
    await boss.press(boss.inDialog(w('Rotate', 'Wechseln')));
    await boss.sees(w('The keys are rotated.', 'Die Schlüssel sind gewechselt.'));
    await boss.look('keys-rotated');
    await boss.goes(w('Overview', 'Übersicht'), name);
    await boss.look('admin-home-after-a-week');
  });

  step('the operator suspends, resumes and deletes the tenant', async () => {
    const answers = async () => (await uma.page.goto(`${issuer}/sign-in`))?.status();
    const settings = w('Settings', 'Einstellungen');
    const suspend = w('Suspend', 'Sperren');
    await operator.goes(w('Tenants', 'Mandanten'));
    await operator.press(operator.link(name));
    await operator.arrives(name);
    await operator.look('tenant');
    await operator.press(operator.link(settings));
    await operator.look('tenant-settings');
    await operator.press(operator.button(suspend));
    await operator.look('suspend');
    await operator.press(operator.inDialog(suspend));
    await operator.sees(w('This tenant is suspended', 'Dieser Mandant ist gesperrt'));
    expect(await answers()).toBe(404);
    await operator.look('suspended');
    await operator.press(operator.button(w('Resume', 'Entsperren')), 'Shift+Tab');
    await operator.sees(w('The tenant is active again.', 'Der Mandant ist wieder aktiv.'));
    expect(await answers()).toBe(200);
    const remove = w('Schedule the deletion', 'Löschung vormerken');
    await operator.press(operator.button(remove));
    await operator.look('delete');
    await operator.press(operator.inDialog(remove));
    await operator.sees(w('The deletion is scheduled.', 'Die Löschung ist vorgemerkt.'));
    expect(await answers()).toBe(404);
    await operator.look('deletion-scheduled');
    for (const person of everybody.splice(0)) await person.leave();
  });
});

/** A name beside a mark, on nothing. */
function wordmark(name: string): Promise<Buffer> {
  const text = `<text x="92" y="62" font-family="sans-serif" font-size="44" font-weight="700" fill="${COLOUR}">${name}</text>`;
  const mark = `<path d="M8 80V40a32 32 0 0 1 64 0v40H54V42a14 14 0 0 0-28 0v38z" fill="${COLOUR}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="560" height="88">${mark}${text}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
