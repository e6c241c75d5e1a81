import { describe, expect, it } from '@jest/globals';
import type { PageView } from '../../src/pages/page-content.js';
import { renderPage } from '../../src/pages/render-page.js';
import { fill } from './fill-view.js';
import { structureOf, tagsOf } from './html-structure.js';
import { ACME, contextOf, consentPage, samplePages, signInPage } from './sample-pages.js';

const PAYLOADS = [
  '"><svg onload=1>',
  "'><svg onload=1>",
  "'-alert(1)-'",
  '</script><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</title><img src=x onerror=alert(1)>',
  '<!--',
  ']]>',
  '" autofocus onfocus="alert(1)',
  '&lt;svg onload=1&gt; &quot;',
  '{{7*7}}${7*7}<%=7*7%>#{7*7}',
  '{client}<account>{tenant}</account>',
];

const PAGES = Object.entries(samplePages(ACME));

describe.each(PAGES)('hostile strings in every field of the page %s', (_, view: PageView) => {
  const harmless = structureOf(renderPage(fill(view, 'x')));

  it.each(PAYLOADS)('%j changes no element and no attribute', (payload) => {
    const html = renderPage(fill(view, payload));
    expect(structureOf(html)).toEqual(harmless);
    expect(html).not.toContain('<svg onload');
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('49');
  });
});

describe('hostile addresses', () => {
  const script = 'javascript:alert(1)';

  it('are not linked', () => {
    const context = contextOf({
      ...ACME,
      branding: { links: { privacyUri: script, termsUri: 'data:text/html,x', supportUri: '//evil.example' } },
      logoPath: 'https:evil',
    });
    const client = { ...consentPage(ACME).client, policyUri: script, tosUri: script, logoPath: script };
    const consent = renderPage({ ...consentPage(ACME), context, client, accountPath: script });
    const error = renderPage({ page: 'error', context, error: 'x', requestId: '1', back: { href: script } });
    const expired = renderPage({ page: 'request-expired', context, startAgainHref: script, back: { href: script } });
    for (const html of [consent, error, expired]) {
      expect(html).not.toContain('javascript:');
      expect(html).not.toContain('data:');
      expect(html).not.toContain('evil');
    }
  });

  it('stop a form from being written at all', () => {
    expect(() => renderPage({ ...signInPage(ACME), action: script })).toThrow('neither http(s) nor a path');
    expect(() =>
      renderPage({ page: 'form-post', context: contextOf(ACME), action: script, fields: { code: 'x' } }),
    ).toThrow('neither http(s) nor a path');
  });
});

describe('hostile client names', () => {
  function heading(name: string): string {
    const html = renderPage({ ...consentPage(ACME), client: { ...consentPage(ACME).client, name } });
    return /<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? '';
  }

  it('are isolated, stripped of direction changes and capped', () => {
    expect(heading('\u202eelgooG')).toBe('<bdi>elgooG</bdi> would like access to your <bdi>Acme</bdi> account');
    expect(heading('x'.repeat(10_240)).length).toBeLessThan(160);
    expect(heading('a\nb')).toContain('<bdi>a b</bdi>');
    expect(heading('Go\u034f\u3164ogle')).toContain('<bdi>Google</bdi>');
    expect(heading('I \u2764\ufe0f tea')).toContain('<bdi>I \u2764\ufe0f tea</bdi>');
  });

  it('that show nothing are replaced', () => {
    for (const nothing of ['\u200b\u202e', '\u3164', '\u115f\u1160', '\uffa0', '\u2800\u2800', '\u034f', '\ufe0f']) {
      expect(heading(nothing)).toContain('<bdi>an unnamed application</bdi>');
    }
  });

  it('are marked as not approved unless the tenant vouches for them', () => {
    const client = { ...consentPage(ACME).client, name: 'Google', trust: 'unverified' as const };
    const html = renderPage({ ...consentPage(ACME), client });
    expect(html).toContain('Not approved by <bdi>Acme</bdi>');
    expect(html).not.toContain('Approved by');
  });
});

describe('hostile colours', () => {
  it('leave no trace in the page', () => {
    const color = '#143a6b}</style><script>alert(1)</script>@import url(https://canary.example)';
    const context = contextOf({ ...ACME, branding: { primaryColor: color, backgroundColor: color } });
    const html = renderPage({ ...signInPage(ACME), context });
    expect(html).not.toContain('canary');
    expect(tagsOf(html).filter(({ name }) => name === 'style')).toEqual([]);
    expect(tagsOf(html).filter(({ name }) => name === 'script')).toHaveLength(1);
  });
});
