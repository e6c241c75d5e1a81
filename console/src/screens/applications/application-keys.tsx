import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { Facts, Panel } from '../../design/states.js';
import type { FieldControl } from '../../kit/form-field.js';
import { isSame } from '../../kit/form-values.js';
import { useTexts } from '../../texts/texts.js';
import type { ApplicationPart } from './application-part.js';
import { ApplicationForm } from './application-settings.js';
import { texts } from './texts.js';

/** Public keys, with which the application proves itself instead of a secret. */
export function ApplicationKeys(part: ApplicationPart) {
  const t = useTexts(texts);
  const keys = part.client.jwks?.keys ?? [];
  const isInUse = part.client.token_endpoint_auth_method === 'private_key_jwt';
  return (
    <Panel title={t('keys')} lead={t(isInUse ? 'keys_lead' : 'keys_lead_unused')}>
      <div className="stack">
        {keys.length > 0 && (
          <Facts
            facts={keys.map((key, at) => [
              text(key['kid']) || t('key_number', { number: at + 1 }),
              <span key={at} className="soft">
                {[key['kty'], key['crv'], key['alg'], key['use']].map(text).filter(Boolean).join(' · ')}
              </span>,
            ])}
          />
        )}
        <ApplicationForm
          {...part}
          fields={[
            { name: 'jwks', kind: 'custom', label: t('jwks'), render: (control) => <KeySetField {...control} /> },
          ]}
        />
      </div>
    </Panel>
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A JSON Web Key Set as text. What is no JSON goes to the API as it is, which says what is wrong. */
function KeySetField({ id, value, error, onChange }: FieldControl) {
  const t = useTexts(texts);
  const [typed, setTyped] = useState(() => shown(value));
  const [last, setLast] = useState(value);
  if (!isSame(last, value)) {
    setLast(value);
    setTyped(shown(value));
  }
  const change = (next: string) => {
    const parsed = parse(next);
    setTyped(next);
    setLast(parsed);
    onChange(parsed);
  };
  const isBroken = typed.trim() !== '' && typeof parse(typed) === 'string';
  return (
    <Textarea
      id={id}
      label={t('jwks')}
      description={t('jwks_help')}
      error={error ?? (isBroken && t('no_json'))}
      value={typed}
      autosize
      minRows={4}
      maxRows={20}
      spellCheck={false}
      className="code-area"
      placeholder={'{ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "…", "x": "…", "y": "…" }] }'}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function parse(typed: string): unknown {
  if (typed.trim() === '') return null;
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}
