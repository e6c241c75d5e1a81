import { createHash } from 'node:crypto';

/**
 * The script of pages with passkeys. Options come from the server as JSON (WebAuthn Level 3 §5.1.9), and the result is
 * sent in a form, so that its answer is a page like any other. Without it, or without passkeys in the browser, nothing of
 * them is shown. Elements are found by `data-passkey…` attributes.
 */
export const PASSKEY_SCRIPT = `(() => {
'use strict';
const credentials = navigator.credentials;
const api = window.PublicKeyCredential;
if (!api || !credentials) return;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join(''))
    .replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
const descriptors = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

for (const element of all('[data-passkey-signals]')) {
  for (const { method, details } of JSON.parse(element.dataset.passkeySignals)) {
    if (typeof api[method] === 'function') Promise.resolve(api[method](details)).catch(() => {});
  }
}

const asked = { by: undefined };
async function start(form, mediation) {
  if (asked.by) asked.by.abort();
  const own = asked.by = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.delete('credential');
  const headers = { accept: 'application/json' };
  const answer = await fetch(form.dataset.options, { method: 'POST', body, headers, redirect: 'manual', signal: own.signal });
  // The person has to do something else first: the form leads there.
  if (answer.type === 'opaqueredirect' && !mediation) return HTMLFormElement.prototype.submit.call(form);
  if (!answer.ok) throw new Error('options');
  const options = await answer.json();
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) publicKey.excludeCredentials = descriptors(options.excludeCredentials);
  if (options.allowCredentials) publicKey.allowCredentials = descriptors(options.allowCredentials);
  if (mediation) setTimeout(() => asked.by === own && autofill(form), options.timeout * 0.8);
  const made = await credentials[form.dataset.passkey]({ publicKey, signal: own.signal, ...(mediation && { mediation }) });
  const { response } = made;
  const result = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) result[name] = text(response[name]);
  }
  if (response.getTransports) result.transports = response.getTransports();
  const { authenticatorAttachment } = made;
  const sent = { id: made.id, rawId: made.id, type: made.type, authenticatorAttachment, response: result };
  for (const copy of form.querySelectorAll('[data-copies]')) {
    const box = document.getElementById(copy.dataset.copies);
    copy.value = box && box.checked ? 'on' : '';
  }
  form.elements.namedItem('credential').value = JSON.stringify(sent);
  HTMLFormElement.prototype.submit.call(form);
}

function tell(error) {
  const kind = error.name === 'InvalidStateError' ? 'exists' : error.name === 'NotAllowedError' ? 'cancelled' : 'failed';
  for (const element of all('[data-passkey-trouble]')) element.hidden = element.dataset.passkeyTrouble !== kind;
  const shown = all('[data-passkey-trouble]').find((element) => !element.hidden);
  if (shown) shown.focus();
}

async function autofill(form) {
  try {
    if (!api.isConditionalMediationAvailable || !(await api.isConditionalMediationAvailable())) return;
    await start(form, 'conditional');
  } catch {
    // The person goes on by hand.
  }
}

for (const element of all('[data-passkey-shown]')) element.hidden = false;
for (const element of all('[data-passkey-missing]')) element.hidden = true;
for (const form of all('form[data-passkey]')) {
  const button = form.querySelector('[data-passkey-start]');
  button.addEventListener('click', async () => {
    for (const element of all('[data-passkey-trouble]')) element.hidden = true;
    button.disabled = true;
    try {
      await start(form);
    } catch (error) {
      if (error.name !== 'AbortError') tell(error);
      button.disabled = false;
      if (form.dataset.autofill !== undefined) autofill(form);
    }
  });
  if (form.dataset.autofill !== undefined) autofill(form);
  // Shown again from memory (Back): what it asked for has been answered.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    button.disabled = false;
    if (form.dataset.autofill !== undefined) autofill(form);
  });
}
})();
`;

export const PASSKEY_SCRIPT_PATH = `/assets/passkeys-${createHash('sha256').update(PASSKEY_SCRIPT).digest('hex').slice(0, 12)}.js`;
