import { describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { asksForCode, submitCode } from '../support/second-factor.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';
import { PinFactor } from './pin.factor.js';
import { TermsStep } from './terms.step.js';

const platform = givenPlatform({ factors: [PinFactor], interactionSteps: [TermsStep] });
const acme = givenTenant(platform, 'acme', { second_factor: 'required' });

const url = (params: Record<string, string> = {}) =>
  authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256', ...params });

describe('a second factor and a step that were added from outside', () => {
  it('are asked for in their order, and cannot be passed by', async () => {
    const browser = new TestBrowser();
    const page = await browser.signIn(await browser.open(url()), 'alice', ALICE_PASSWORD);
    expect([asksForCode(page), page.text.includes('action="/t/acme/second-factor/sms"')]).toEqual([true, true]);
    expect((await submitCode(browser, page, '1234')).status).toBe(400);
    const terms = await submitCode(browser, page, '4711');
    expect(terms.url).toContain('/account/terms?request=');
    const request = new URL(terms.url).searchParams.get('request') ?? '';
    const consent = await browser.open(`${acme.issuer}/consent?request=${request}`);
    expect(consent.url).toContain('/account/terms?request=');
    expect(responseOf(await browser.open(url({ prompt: 'none' })))).toMatchObject({ error: 'interaction_required' });

    await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, { nickname: 'Al' });
    const allowed = await browser.open(`${acme.issuer}/authorize/resume?request=${request}`);
    expect(responseOf(await browser.decide(allowed, 'approve'))).toHaveProperty('code');
  });
});
