import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../design/icon.js';
import { Panel } from '../../design/states.js';
import { useTexts } from '../../texts/texts.js';
import { type Comparison, compareRedirects, nameOfCharacter } from './redirect-difference.js';
import { redirectTexts } from './redirect-texts.js';
import './applications.css';

const SHOWN = 3;

interface RedirectTesterProps {
  readonly registered: readonly string[];
  readonly isNative: boolean;
}

/** Says which character of a redirect URI differs from those that are registered. */
export function RedirectTester({ registered, isNative }: RedirectTesterProps) {
  const t = useTexts(redirectTexts);
  const [given, setGiven] = useState('');
  const comparisons = given === '' ? [] : compareRedirects(registered, given, isNative);
  const isMatch = comparisons.some(({ matches }) => matches);
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
      <div className="stack tester-result" role="status">
        {given !== '' && (
          <div className="notice" data-tone={isMatch ? 'good' : 'warn'}>
            <Icon name={isMatch ? 'check' : 'warning'} />
            <div>
              <p className="notice-title">
                {registered.length === 0 ? t('none') : isMatch ? t('matches') : t('differs')}
              </p>
            </div>
          </div>
        )}
        {!isMatch &&
          comparisons.slice(0, SHOWN).map((one) => <Difference key={one.registered} given={given} comparison={one} />)}
      </div>
    </Panel>
  );
}

function Difference({ given, comparison }: { readonly given: string; readonly comparison: Comparison }) {
  const t = useTexts(redirectTexts);
  const { registered, reason, at } = comparison;
  return (
    <div className="difference">
      <dl className="facts">
        <div>
          <dt>{t('registered')}</dt>
          <dd>
            <Marked text={registered} at={at} />
          </dd>
        </div>
        <div>
          <dt>{t('request')}</dt>
          <dd>
            <Marked text={given} at={at} />
          </dd>
        </div>
      </dl>
      {reason && <p>{t(`reason_${reason}`)}</p>}
      <p className="soft">
        {t('where', {
          position: at + 1,
          registered: nameOfCharacter(registered, at) ?? t('end'),
          given: nameOfCharacter(given, at) ?? t('end'),
        })}
      </p>
    </div>
  );
}

/** The first character that differs is marked; where the text has ended, its end is. */
function Marked({ text, at }: { readonly text: string; readonly at: number }) {
  return (
    <code dir="ltr">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + 1) || '\u00a0'}</mark>
      {text.slice(at + 1)}
    </code>
  );
}
