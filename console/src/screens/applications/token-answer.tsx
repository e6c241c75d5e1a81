import type { Schema } from '../../api/operation.js';
import { StateBadge, type Tone } from '../../design/badge.js';
import { CodeBlock } from '../../design/copy.js';
import { Icon } from '../../design/icon.js';
import { Panel } from '../../design/states.js';
import { ListTable } from '../../kit/list-table.js';
import { type Translate, useTexts } from '../../texts/texts.js';
import { useWords } from '../../texts/words.js';
import { ClaimTable } from './claim-table.js';
import { refusalTexts } from './refusal-texts.js';
import { texts } from './texts.js';
import { tokenTexts } from './token-texts.js';

type Preview = Schema<'TokenPreview'>;
type Fate = Preview['scopes'][number];
type Text = Translate<keyof typeof tokenTexts.en>;

const TONES: Readonly<Record<Fate['state'], Tone>> = {
  granted: 'good',
  possible: 'plain',
  ignored: 'plain',
  declined: 'warn',
  withheld: 'warn',
  refused: 'danger',
};

/** Steps whose names the texts have; a step from outside is called by its own. */
const STEPS = [
  'second-factor',
  'keep-account',
  'change-password',
  'enrol',
  'verify-address',
  'accept-terms',
  'complete-profile',
  'consent',
] as const;

/** Whether there would be tokens, what stands before them, and what each of them holds. */
export function TokenAnswer({ preview }: { readonly preview: Preview }) {
  const t = useTexts(tokenTexts);
  const { access_token: access, id_token: idToken, userinfo } = preview;
  return (
    <>
      <Verdict preview={preview} />
      {preview.scopes.length > 0 && (
        <Panel title={t('scopes')}>
          <ListTable<Fate>
            label={t('scopes')}
            rows={preview.scopes}
            rowKey={({ name }) => name}
            rowName={({ name }) => name}
            columns={[
              { id: 'scope', label: t('scope'), isPrimary: true, cell: ({ name }) => <code>{name}</code> },
              {
                id: 'state',
                label: t('state'),
                cell: ({ state }) => <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>,
              },
              { id: 'why', label: t('why'), cell: (fate) => <Why fate={fate} t={t} /> },
            ]}
          />
        </Panel>
      )}
      {access && (
        <Panel
          title={t('access_token')}
          lead={t(access.format === 'jwt' ? 'access_jwt' : 'access_opaque', { seconds: access.lifetime_seconds })}
        >
          <Parts shown={access} name={t('access_token')} />
        </Panel>
      )}
      {idToken && (
        <Panel title={t('id_token')} lead={t('id_token_lead')}>
          <Parts shown={idToken} name={t('id_token')} />
        </Panel>
      )}
      {preview.allowed && preview.user_id !== null && (
        <Panel title={t('userinfo')} lead={t(userinfo ? 'userinfo_lead' : 'userinfo_none')}>
          {userinfo && <Parts shown={userinfo} name={t('userinfo')} />}
        </Panel>
      )}
    </>
  );
}

function Verdict({ preview }: { readonly preview: Preview }) {
  const t = useTexts(tokenTexts);
  const { refusal, steps, consent, refresh_token: hasRefresh } = preview;
  if (refusal) {
    return (
      <div className="notice" data-tone="danger" role="status">
        <Icon name="error" />
        <div>
          <p className="notice-title">{t('refused', { error: refusal.error })}</p>
          <Refusal refusal={refusal} />
        </div>
      </div>
    );
  }
  return (
    <div className="notice" data-tone={steps.length > 0 ? 'warn' : 'good'} role="status">
      <Icon name={steps.length > 0 ? 'warning' : 'check'} />
      <div>
        <p className="notice-title">{t(steps.length > 0 ? 'allowed_after' : 'allowed')}</p>
        {steps.length > 0 && (
          <ol className="steps">
            {steps.map((step) => (
              <li key={step}>{nameOfStep(step, t)}</li>
            ))}
          </ol>
        )}
        {consent?.missing.map(({ resource, scopes }) => (
          <p key={resource} className="soft">
            {t('missing_consent')} <code>{[resource, ...scopes].filter((name) => name !== '').join(' ')}</code>
          </p>
        ))}
        {consent?.first_party === true && <p className="soft">{t('first_party')}</p>}
        <p className="soft">{t(hasRefresh ? 'refresh_token' : 'no_refresh_token')}</p>
      </div>
    </div>
  );
}

/** The same error has many reasons, which the platform alone tells apart. */
function Refusal({ refusal: { error, description, detail } }: { readonly refusal: NonNullable<Preview['refusal']> }) {
  const t = useTexts(texts);
  const words = useWords(refusalTexts)(error);
  const said = (
    <>
      <p lang="en">{description}</p>
      {detail !== null && (
        <p className="soft" lang="en">
          {detail}
        </p>
      )}
    </>
  );
  if (words === undefined) return said;
  return (
    <>
      <p>{words}</p>
      <p className="soft">{t('platform_says')}</p>
      {said}
    </>
  );
}

function nameOfStep(step: string, t: Text): string {
  const known = STEPS.find((name) => name === step);
  return known ? t(`step_${known}`) : step;
}

function Why({ fate, t }: { readonly fate: Fate; readonly t: Text }) {
  if (fate.reason !== null) return <>{t(`reason_${fate.reason}`)}</>;
  if (fate.detail !== null) return <span lang="en">{fate.detail}</span>;
  if (fate.state !== 'granted') return null;
  return (
    <>
      {fate.resources.length > 0 && <code>{fate.resources.join(' ')}</code>}{' '}
      {!fate.in_access_token && <span className="soft">{t('not_in_access_token')}</span>}
    </>
  );
}

function Parts({ shown, name }: { readonly shown: Schema<'PreviewedClaims'>; readonly name: string }) {
  const t = useTexts(tokenTexts);
  return (
    <div className="stack">
      {shown.header && <CodeBlock text={JSON.stringify(shown.header)} what={t('header_of', { name })} />}
      <ClaimTable shown={shown} label={t('claims_of', { name })} />
      <details>
        <summary>{t('as_json')}</summary>
        <CodeBlock text={JSON.stringify(shown.claims, null, 2)} what={t('claims_of', { name })} />
      </details>
    </div>
  );
}
