import type { Locator, Page } from 'playwright-core';

/** What a shell, JSON and a URL each take for something. */
export const HOSTILE = `it's "$HOME" \`id\` & é`;
const BY_TYPE: Readonly<Record<string, string>> = {
  email: 'grace.o_hara+x@acme.example',
  url: 'https://hooks.acme.example/a?b=c&d=%20',
  date: '2031-01-31',
  'datetime-local': '2026-11-01T10:00',
  tel: '+41441234567',
};
const IN_LIST = 'https://list.acme.example/cb?x=1&y=2';
const OPTION_MS = 1500;
const MOST_FIELDS = 40;

/** Fills a form in without knowing it: each field gets something else than it has. */
export async function fillForm(page: Page, form: Locator, own: Readonly<Record<string, string>> = {}): Promise<void> {
  const fields = form.locator('input:visible:not([type=hidden]):not([type=file]), textarea:visible');
  // What a choice shows or hides is there afterwards.
  for (let at = 0; at < Math.min(await fields.count(), MOST_FIELDS); at++) {
    const field = fields.nth(at);
    if (!(await field.isEnabled()) || !(await field.isEditable().catch(() => true))) continue;
    await fillField(page, field, own);
  }
}

/** One field gets something else than it has. */
export async function fillField(page: Page, field: Locator, own: Readonly<Record<string, string>> = {}): Promise<void> {
  const { type, role, label, hasList } = await describe(field);
  if (type === 'radio') return;
  if (type === 'checkbox') {
    await field.setChecked(!(await field.isChecked()), { force: true });
    return;
  }
  const given = own[label];
  if (given === '') return;
  if (role === 'combobox' || hasList) return choose(page, field, given);
  await field.fill(given ?? (await valueFor(field, type)));
}

/** Text goes into whatever is no number; the value before stays a part of it. */
async function valueFor(field: Locator, type: string): Promise<string> {
  const before = await field.inputValue();
  const isNumber = (await field.getAttribute('inputmode')) === 'numeric';
  if (isNumber) return String((Number.parseInt(before, 10) || 0) + 1);
  return BY_TYPE[type] ?? `${before} ${HOSTILE}`.trim();
}

async function choose(page: Page, field: Locator, given: string | undefined): Promise<void> {
  await field.click();
  const option =
    given === undefined
      ? page.locator('[role=option]:visible:not([aria-selected=true])').first()
      : page.getByRole('option', { name: given, exact: true }).first();
  const isThere = await option
    .waitFor({ timeout: OPTION_MS })
    .then(() => true)
    .catch(() => false);
  if (isThere) await option.click();
  else if (await field.isEditable()) {
    await field.fill(given ?? IN_LIST);
    await field.press('Enter');
  }
  await field.press('Tab');
}

function describe(field: Locator) {
  return field.evaluate((element: unknown) => {
    const input = element as {
      type: string;
      labels?: ArrayLike<{ textContent: string | null }> | null;
      getAttribute: (name: string) => string | null;
      closest: (selector: string) => unknown;
    };
    return {
      type: input.type,
      role: input.getAttribute('role') ?? '',
      label: (input.labels?.[0]?.textContent ?? input.getAttribute('aria-label') ?? '').replace(/\s*\*$/, '').trim(),
      hasList: input.getAttribute('aria-haspopup') === 'listbox' || input.closest('.mantine-PillsInput-root') !== null,
    };
  });
}
