import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Icon } from '../../design/icon.js';
import { Panel } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { redirectTexts } from './redirect-texts.js';
import './applications.css';

const SHOWN = 3;
const TYPING_MS = 250;

type Comparison = Schema<'RedirectUriTest'>['comparisons'][number];
type Difference = NonNullable<Comparison['difference']>;

interface RedirectTesterProps {
  /** Whose redirect URIs it is compared with: of a client, or of what a developer proposes. */
  readonly of: { readonly client: string } | { readonly registration: string };
}

/** Says which character of a redirect URI differs from those that are registered. */
export function RedirectTester({ of }: RedirectTesterProps) {
  const t = useTexts(redirectTexts);
  const { tenant } = useTenant();
  const [given, setGiven] = useState('');
  const [asked] = useDebouncedValue(given, TYPING_MS);
  const query = { redirect_uri: asked };
  const isAsked = given !== '' && asked !== '';
  const client = 'client' in of ? of.client : undefined;
  const registration = 'registration' in of ? of.registration : undefined;
  const byClient = useRead(
    'testClientRedirectUri',
    { path: { tenant, client_id: client ?? '-' }, query },
    { enabled: isAsked && client !== undefined, keepPrevious: true },
  );
  const byRegistration = useRead(
    'testRedirectUri',
    { path: { tenant, registration_id: registration ?? '-' }, query },
    { enabled: isAsked && registration !== undefined, keepPrevious: true },
  );
  const answer = client === undefined ? byRegistration : byClient;
  const test = isAsked ? answer.data?.body : undefined;
  return (
    <Panel title={t('tester')} lead={t('tester_lead')}>
      <div className="form">
        <TextInput
          label={t('given')}
          value={given}
          placeholder="https://app.example.com/callback"
          autoComplete="off"
          spellCheck={false}
          maxLength={4000}
          onChange={(event) => setGiven(event.currentTarget.value)}
        />
      </div>
      {isAsked && answer.error && <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />}
      <div className="stack tester-result" role="status">
        {test && (
          <div className="notice" data-tone={test.matches ? 'good' : 'warn'}>
            <Icon name={test.matches ? 'check' : 'warning'} />
            <div>
              <p className="notice-title">
                {test.comparisons.length === 0 ? t('none') : test.matches ? t('matches') : t('differs')}
              </p>
            </div>
          </div>
        )}
        {test?.matches === false &&
          test.comparisons
            .slice(0, SHOWN)
            .map(
              ({ registered, difference }) =>
                difference && (
                  <Compared key={registered} registered={registered} given={asked} difference={difference} />
                ),
            )}
      </div>
    </Panel>
  );
}

interface ComparedProps {
  readonly registered: string;
  readonly given: string;
  readonly difference: Difference;
}

function Compared({ registered, given, difference }: ComparedProps) {
  const t = useTexts(redirectTexts);
  const { position, code, values, registered_character: expected, given_character: found } = difference;
  return (
    <div className="difference">
      <dl className="facts">
        <div>
          <dt>{t('registered')}</dt>
          <dd>
            <Marked text={registered} at={position - 1} />
          </dd>
        </div>
        <div>
          <dt>{t('request')}</dt>
          <dd>
            <Marked text={given} at={position - 1} />
          </dd>
        </div>
      </dl>
      <p>{t(`differs_${code}`, values)}</p>
      <p className="soft">{t('where', { position, registered: expected ?? t('end'), given: found ?? t('end') })}</p>
    </div>
  );
}

/** The first character that differs is marked; where the text has ended, its end is. Characters are code points. */
function Marked({ text, at }: { readonly text: string; readonly at: number }) {
  const characters = [...text];
  return (
    <code dir="ltr">
      {characters.slice(0, at).join('')}
      <mark>{characters[at] ?? '\u00a0'}</mark>
      {characters.slice(at + 1).join('')}
    </code>
  );
}
