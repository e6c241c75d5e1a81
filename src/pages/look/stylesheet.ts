import { createHash } from 'node:crypto';
import { AVATAR_TONES } from './avatar.js';
import { PLATFORM_THEME, themeStyle } from './brand-theme.js';

/**
 * The one stylesheet of all pages and tenants. Colours are custom properties only: the platform's stand here, a tenant's
 * follow in a small inline block. Logical properties throughout, so that a right-to-left language needs no second sheet.
 */

const BASE = `
*,*::before,*::after{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",Arial,sans-serif;-webkit-font-smoothing:antialiased;overflow-wrap:break-word}
h1,h2,h3,h4,p,ul,dl,dd{margin:0;padding:0}
ul{list-style:none}
h1{font-size:1.625rem;line-height:1.25;font-weight:600;letter-spacing:-.014em;text-wrap:balance;overflow-wrap:anywhere}
h2,h3,h4{font-size:1rem;line-height:1.4;font-weight:600}
p{text-wrap:pretty}
bdi{overflow-wrap:anywhere}
[dir=rtl] body{line-height:1.65}
[dir=rtl] :is(h1,.wordmark,.section-title){letter-spacing:normal}
[dir=rtl] :is(h1,.wordmark){line-height:1.45}
strong{font-weight:600}
code{unicode-bidi:isolate;direction:ltr;font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono","Liberation Mono",monospace;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.2em;text-decoration-thickness:.0625em}
a:hover{text-decoration-thickness:.125em}
:focus-visible{outline:.1875rem solid var(--focus);outline-offset:.125rem;border-radius:.25rem}
`;

const LAYOUT = `
.page{--gutter:min(2.75rem,8vw);inline-size:100%;max-inline-size:29rem;margin-inline:auto;padding:clamp(1.5rem,9vh,6.5rem) 1rem 2.5rem}
.page.medium{max-inline-size:34rem}
.page.wide{max-inline-size:46rem}
.card{background:var(--surface);border:1px solid var(--line);border-radius:1rem;padding:2.5rem var(--gutter) 2.75rem;box-shadow:0 1px 2px rgb(0 0 0/.04),0 1.25rem 3rem -1.5rem rgb(0 0 0/.16)}
.brand{margin-block-end:2.25rem}
.logo{display:block;inline-size:auto;block-size:2.25rem;max-inline-size:min(14rem,100%);object-fit:scale-down;object-position:left center}
[dir=rtl] .logo{object-position:right center}
.wordmark{display:flex;align-items:center;gap:.75rem;font-size:1.125rem;line-height:1.3;font-weight:600;letter-spacing:-.01em}
.monogram{flex:none;display:grid;place-items:center;inline-size:2.25rem;block-size:2.25rem;border-radius:.5rem;border:1px solid var(--primary-edge);background:var(--primary);color:var(--on-primary)}
.lead{margin-block-start:.625rem;color:var(--soft)}
.lead strong,.lead .host{color:var(--ink)}
main>p,:where(#error-page,#logged-out)>p{margin-block-start:1rem}
main>.lead,main>div>.lead{margin-block-start:.625rem}
main>.notice+:is(p,.lead){margin-block-start:1.5rem}
main>.eyebrow,main .section-heading+p{margin-block-start:0}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.eyebrow{color:var(--soft);font-weight:600}
.eyebrow+h1{margin-block-start:.25rem}
.section-heading{margin-block:1.75rem .625rem}

.section-title{margin-block:2.5rem .25rem;font-size:1.1875rem;letter-spacing:-.008em}
.footer{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.25rem 2rem;padding:1.25rem calc(var(--gutter) + 1px) 0;color:var(--page-soft);font-size:.875rem}
.footer ul{display:flex;flex-wrap:wrap;gap:0 1.25rem}
.footer a,.footer [aria-current]{display:inline-block;padding-block:.3125rem}
.footer a{color:var(--page-soft)}
.footer a:hover{color:var(--page-link)}
.footer [aria-current]{color:var(--page-ink);font-weight:600}
.footer :focus-visible{outline-color:var(--page-focus)}
.footer-text{flex-basis:100%;padding-block:.3125rem}
`;

const CONTROLS = `
.stack{display:grid;gap:1.25rem;margin-block-start:1.75rem}
.field{display:grid;gap:.4375rem}
label{font-size:.9375rem;font-weight:500}
input,select,textarea{inline-size:100%;min-block-size:3rem;padding:.625rem .875rem;border:1px solid var(--control);border-radius:.5rem;background:var(--surface);color:var(--ink);font:inherit;font-size:max(1rem,16px);transition:border-color .12s}
textarea{line-height:1.4;resize:vertical}
input:is([type=checkbox],[type=radio]){flex:none;inline-size:1.25rem;min-block-size:1.25rem;block-size:1.25rem;margin:.125rem 0 0;padding:0;accent-color:var(--link)}
.tick{display:flex;gap:.625rem;align-items:flex-start}
.tick label{font-weight:400}
.samples{columns:14rem;column-gap:2rem}
fieldset.ticks{margin:0;padding:0;border:0;min-inline-size:0}
.ticks legend{padding:0;margin-block-end:.4375rem;font-size:.9375rem;font-weight:500}
.fault{color:var(--danger)}
input:hover,select:hover,textarea:hover{border-color:var(--soft)}
input:focus-visible,select:focus-visible,textarea:focus-visible{outline-offset:-1px;border-color:var(--focus);border-radius:.5rem}
input[aria-invalid=true],select[aria-invalid=true],textarea[aria-invalid=true]{border-color:var(--danger)}
input:autofill{-webkit-text-fill-color:var(--ink);box-shadow:inset 0 0 0 4rem var(--tint)}
.button{display:inline-flex;align-items:center;justify-content:center;gap:0 .3em;min-block-size:3rem;padding:.625rem 1.25rem;border:1px solid var(--control);border-radius:.5rem;background:var(--surface);color:var(--ink);font:inherit;font-weight:600;line-height:1.3;text-align:center;text-decoration:none;cursor:pointer;transition:background-color .12s,border-color .12s}
.button:hover{background:var(--tint);border-color:var(--soft)}
.button:focus-visible{border-radius:.5rem}
.button.primary{border-color:var(--primary-edge);background:var(--primary);color:var(--on-primary)}
.button.primary:hover{background:var(--primary-hover);border-color:var(--primary-edge)}
.button.danger{border-color:var(--danger);color:var(--danger)}
.button.danger:hover{background:var(--danger-tint);border-color:var(--danger)}
.button.even{border:.125rem solid var(--link);color:var(--link)}
.button.even:hover{border-color:var(--primary-edge);background:var(--primary);color:var(--on-primary)}
.button.compact{min-block-size:2.75rem;padding:.375rem 1rem;font-size:.9375rem;font-weight:500}
.text-button{min-block-size:1.75rem;padding:.125rem 0;border:0;background:none;color:var(--link);font:inherit;text-decoration:underline;text-decoration-thickness:.0625em;text-underline-offset:.2em;cursor:pointer}
.text-button:hover{text-decoration-thickness:.125em}
.stack .button{inline-size:100%}
.password{display:flex;gap:.5rem}
.password input{flex:1;min-inline-size:0;direction:ltr}
.password .button{flex:none;inline-size:auto;padding-inline:.875rem;font-size:.9375rem;font-weight:500}
#login-submit{margin-block-start:.25rem}
input:is([type=password],[type=email],[type=tel],[type=url],[type=number],[inputmode=numeric],[autocomplete=one-time-code]){direction:ltr}
.divider{display:flex;align-items:center;gap:1rem;color:var(--soft);font-size:.875rem}
main>.divider{margin-block:1.5rem -.25rem}
.passkey>.divider{margin-block-start:1.5rem}
.passkey>.stack{margin-block-start:1rem}
.passkey-rename{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin-block-start:.75rem}
.passkey-rename .field{flex:1 1 14rem}
summary{inline-size:fit-content;padding-block:.3125rem;color:var(--link);cursor:pointer}
[hidden]{display:none!important}
.divider::before,.divider::after{content:"";flex:1;border-block-start:1px solid var(--line)}
.decision{display:flex;flex-wrap:wrap;gap:.75rem;margin-block-start:1.75rem}
.decision .button{flex:1 1 0;min-inline-size:max-content}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-block-start:1.75rem}
.actions:empty{display:none}
.actions .button{flex:1 1 auto}
.actions form{display:grid;flex:1 1 auto}
`;

const PARTS = `
.icon{flex:none;inline-size:1.25rem;block-size:1.25rem}
.notice{display:flex;gap:.75rem;margin-block-start:1.5rem;padding:.875rem 1rem;border:1px solid var(--line);border-radius:.625rem;background:var(--tint);font-size:.9375rem}
.notice .icon{margin-block-start:.125rem;color:var(--link)}
.notice.error{border-color:var(--danger);background:var(--danger-tint)}
.notice.error .icon,.notice.error .notice-title{color:var(--danger)}
.notice-title{font-weight:600}
.notice:focus-visible{outline-width:.125rem;outline-offset:-1px;border-radius:.625rem}
.notice.error:focus-visible{outline-color:var(--danger)}
.client{display:flex;align-items:center;gap:.875rem;margin-block-start:1.5rem}
.client>div{min-inline-size:0}
.client-name{font-weight:600}
.client-name .soft{font-weight:400}
.client .trust{margin-block-start:.125rem}
.avatar{flex:none;display:grid;place-items:center;inline-size:2.75rem;block-size:2.75rem;border-radius:.625rem;background:var(--tone);color:var(--on-tone);font-size:1.125rem;font-weight:600;line-height:1;object-fit:contain;overflow:hidden}
.trust{display:flex;gap:.375rem;font-size:.875rem;font-weight:500}
.trust .icon{inline-size:1.0625rem;block-size:1.0625rem;margin-block-start:.125rem}
.caution{font-size:.9375rem}
.good{color:var(--good)}
.warn{color:var(--warn)}
.signed-in{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;margin-block-start:1.25rem;padding-block-start:1.25rem;border-block-start:1px solid var(--line)}
.signed-in+.section-heading{margin-block-start:1.25rem}
.scopes{display:grid;gap:1.125rem;padding:1.125rem 1.25rem;border-radius:.75rem;background:var(--tint)}
.soft+.scopes{margin-block-start:.75rem}
.account-choice{padding:0;list-style:none}
.account-choice .stack{gap:.25rem;margin-block-start:1rem}
.scope-heading{color:var(--soft);font-size:.875rem;font-weight:500}
.scope-group li{display:flex;gap:.625rem;margin-block-start:.5rem;font-size:.9375rem}
.scope-group .icon{margin-block-start:.0625rem;color:var(--link)}
.chip{display:inline-block;margin-inline-start:.25rem;padding-inline:.5rem;border:1px solid var(--line);border-radius:1rem;color:var(--soft);font-size:.75rem;line-height:1.25rem;white-space:nowrap}
.chip.new{border-color:var(--link);color:var(--link);font-weight:600}
.link-list{display:flex;flex-wrap:wrap;gap:.125rem 1.5rem;margin-block-start:1rem}
.link-list a{display:inline-block;padding-block:.1875rem}
main>.hint{margin-block-start:1.25rem}
.reference{display:grid;gap:.75rem;margin-block-start:1.75rem;padding-block-start:1.25rem;border-block-start:1px solid var(--line);font-size:.875rem}
.reference dt{color:var(--soft)}
.reference code{user-select:all;font-size:1em}
.details{display:grid;gap:.625rem;margin-block-start:.5rem;font-size:.875rem}
.details dt{color:var(--soft)}
.panel{margin-block-start:1.25rem;padding:1.125rem 1.25rem;border-radius:.75rem;background:var(--tint)}
.outcomes{display:grid;gap:.75rem;margin-block-start:.5rem}
.account-head{display:flex;align-items:center;justify-content:space-between;gap:1rem}
.account-owner{display:flex;flex-wrap:wrap;align-items:baseline;gap:.125rem .75rem;min-inline-size:0}
.account-head>form{flex:none}
.account-nav{margin-block:1rem 1.75rem;border-block-end:1px solid var(--line)}
.account-nav ul{display:flex;flex-wrap:wrap;gap:0 1.25rem}
.account-nav a{display:inline-block;padding-block:.625rem;color:var(--soft);font-size:.9375rem;text-decoration:none}
.account-nav a:hover{color:var(--ink);text-decoration:underline}
.account-nav [aria-current]{color:var(--ink);font-weight:600;box-shadow:inset 0 -.1875rem 0 var(--link)}
.attention{border-inline-start:.25rem solid var(--warn)}
.attention li{display:flex;gap:.625rem;margin-block-start:.5rem}
.attention .icon{margin-block-start:.125rem;color:var(--warn)}
.applications,.places{margin-block-start:1.25rem}
.application,.place{padding-block:1.5rem;border-block-start:1px solid var(--line)}
.application:last-child,.place:last-child{padding-block-end:0}
.application-head{display:flex;flex-wrap:wrap;align-items:center;gap:1rem}
.application-name{flex:1 1 10rem;min-inline-size:0}
.application .scopes{margin-block-start:1rem}
.place .application-name{flex-basis:18rem}
.choice{display:flex;align-items:flex-start;gap:.625rem;font-weight:400}
.tick+.small{padding-inline-start:1.875rem}
.qr-code{display:block;inline-size:min(14rem,100%);margin-block:1rem;border-radius:.5rem}
.secret{font-size:1.0625rem;letter-spacing:.04em;overflow-wrap:anywhere;user-select:all}
.codes{columns:2;font-size:1.0625rem;line-height:1.8;white-space:pre-wrap}
.after-list{margin-block-start:1.5rem}
.facts{margin-block-start:1.25rem}
.facts>div{display:flex;flex-wrap:wrap;align-items:baseline;gap:.125rem 1rem;padding-block:.75rem;border-block-start:1px solid var(--line)}
.facts dt{flex:0 0 13rem;color:var(--soft)}
.facts dd{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;flex:1 1 14rem;min-inline-size:0}
.facts .chip{margin-inline-start:0}
[dir=rtl] .facts bdi{text-align:right}
.rows{margin-block-start:.75rem}
.rows li{display:flex;flex-wrap:wrap;align-items:baseline;gap:.125rem 1rem;padding-block:.75rem;border-block-start:1px solid var(--line)}
.rows li>:first-child{flex:0 0 12.5rem}
.rows li>:nth-child(2){flex:1 1 14rem}
.rows.sections{margin-block-start:1.25rem}
.rows.sections li>:first-child{flex-basis:13rem}
.rows#dev-mails li>:first-child{flex-basis:100%}
.mail-facts{display:grid;gap:.25rem;margin-block-start:1rem}
.mail-link{margin-block-start:1rem;overflow-wrap:anywhere}
.mail-frame{inline-size:100%;block-size:32rem;border:1px solid var(--line);border-radius:.5rem;background:#fff}
.mail-text{padding:1rem;border:1px solid var(--line);border-radius:.5rem;font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.only-spoken{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;

/** Of the pages on which developers register clients. */
const CLIENTS = `
fieldset{min-inline-size:0;margin:0;padding:0;border:0}
fieldset.field{gap:.75rem}
legend{padding:0;margin-block-end:.5rem;font-size:.9375rem;font-weight:600}
.tick code{overflow-wrap:anywhere}
.chip.ok{border-color:var(--good);color:var(--good);font-weight:600}
.chip.bad{border-color:var(--danger);color:var(--danger);font-weight:600}
.clients{margin-block-start:1.25rem;border-block-end:1px solid var(--line)}
.clients li{display:flex;flex-wrap:wrap;align-items:baseline;gap:.125rem .75rem;padding-block:.875rem;border-block-start:1px solid var(--line)}
.clients a{font-weight:600;overflow-wrap:anywhere}
.clients .chip{margin-inline-start:0}
.client-id{flex-basis:100%}
.client-state{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .75rem}
.client-state .chip{flex:none;margin-inline-start:0}
.client-state span:last-child{flex:1 1 16rem}
.row-actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-block-start:1.25rem}
.asked+.asked{margin-block-start:1rem;padding-block-start:1rem;border-block-start:1px solid var(--line)}
.asked{margin-block-start:.5rem}
.asked .row-actions{margin-block-start:.75rem}
.quoted{margin-block-start:.375rem;white-space:pre-wrap;overflow-wrap:anywhere}
.change{margin-block-start:.875rem}
.change li{margin-block-start:.25rem;padding-inline-start:.75rem;border-inline-start:.1875rem solid var(--line);font-size:.9375rem}
.change .gone{border-color:var(--danger)}
.change .come{border-color:var(--good)}
.change :is(ins,del){text-decoration:none}
.change .gone code{text-decoration:line-through}
.facts .values{display:grid;gap:.25rem}
.secret-line{margin-block:.625rem}
.secret-line .secret{display:block}
.panel>h2+p{margin-block-start:.375rem}
.compared{display:grid;gap:.625rem;margin-block-end:.75rem}
.compared dd{display:grid;gap:.125rem}
.marked{font-size:.9375rem;white-space:pre-wrap;overflow-wrap:anywhere}
mark{border-radius:.1875rem;background:var(--danger-tint);color:var(--danger);outline:1px solid var(--danger);font-weight:700}
.libraries ul{display:flex;flex-wrap:wrap;gap:.5rem;margin-block-start:1rem}
.libraries a{display:inline-flex;align-items:baseline;gap:.375rem;min-block-size:2.75rem;padding:.5625rem .875rem;border:1px solid var(--control);border-radius:.5rem;color:var(--ink);text-decoration:none}
.libraries a:hover{background:var(--tint)}
.libraries [aria-current]{border-color:var(--link);box-shadow:inset 0 0 0 1px var(--link);font-weight:600}
.code{margin:0;padding:1rem;border:1px solid var(--line);border-radius:.625rem;background:var(--tint);overflow:auto;text-align:left;tab-size:4}
.code code{font-size:.8125rem;overflow-wrap:normal;white-space:pre}
.code+p{margin-block-start:1rem}
details>.stack{margin-block-start:.75rem}
`;

/** On a phone the card is the page: its colours reach the edges, and what stood outside stands on it. */
const CONDITIONS = `
@media(max-width:34rem){
body{--page:var(--surface);--page-ink:var(--ink);--page-soft:var(--soft);--page-link:var(--link);--page-focus:var(--focus)}
.page{padding:max(1.5rem,env(safe-area-inset-top)) max(1.25rem,env(safe-area-inset-right)) max(2rem,env(safe-area-inset-bottom)) max(1.25rem,env(safe-area-inset-left))}
.card{padding:0;border:0;border-radius:0;box-shadow:none;background:none}
.brand{margin-block-end:2rem}
h1{font-size:1.5rem}
.rows li>:is(:first-child,:nth-child(2)){flex-basis:100%}
.footer{margin-block-start:2.5rem;padding:1rem 0 0;border-block-start:1px solid var(--line)}
}
@media(max-width:22rem){
.scopes,.panel{padding-inline:1rem}
.application-head form,.application-head .button{inline-size:100%}
}
@media(prefers-color-scheme:dark){
.card{box-shadow:none}
.logo.plate{padding:.375rem .625rem;border-radius:.5rem;background:#fff;block-size:3rem}
}
@media(prefers-contrast:more){
body{--soft:var(--ink);--control:var(--ink);--line:var(--ink)}
}
@media(prefers-reduced-motion:reduce){
*,*::before,*::after{transition:none!important}
}
@media(forced-colors:active){
:focus-visible{outline-color:Highlight}
.scopes,.panel,.avatar,.monogram{border:1px solid CanvasText}
.icon{color:CanvasText!important}
.button.primary{background:ButtonText;color:ButtonFace;border-color:ButtonText;forced-color-adjust:none}
.button.primary:hover{background:Highlight;color:HighlightText}
}
`;

/** What browsers fetch once and keep for good: its address changes with its content. */
export const PAGES_CSS = [
  themeStyle(PLATFORM_THEME),
  ...[BASE, LAYOUT, CONTROLS, PARTS, CLIENTS, avatarRules(), CONDITIONS].map((rules) => rules.replaceAll('\n', '')),
].join('');

export const PAGES_CSS_PATH = `/assets/pages-${createHash('sha256').update(PAGES_CSS).digest('hex').slice(0, 12)}.css`;

function avatarRules(): string {
  const rules = (scheme: 'light' | 'dark') =>
    AVATAR_TONES.map((tone, index) => {
      const { background, ink } = tone[scheme];
      return `.tone-${index}{--tone:${background};--on-tone:${ink}}`;
    }).join('');
  return `${rules('light')}@media(prefers-color-scheme:dark){${rules('dark')}}`;
}
