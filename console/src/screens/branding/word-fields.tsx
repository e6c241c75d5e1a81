import { Button, Select, TextInput, Textarea } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useUrlState } from '../../shell/url-state.js';
import { useLanguage, useSharedTexts, useTexts } from '../../texts/texts.js';
import { LOCALES } from './locales.js';
import { texts } from './texts.js';
import type { Draft } from './use-draft.js';

interface WordFieldsProps {
  readonly draft: Draft;
  readonly tenant: string;
}

const OWN = ['sign_in_title', 'sign_in_text', 'footer_text'] as const;
const PAGE_SIZE = 20;
/** Where texts are used, by the beginning of their keys. */
const PLACES = ['signIn.', 'signUp.', 'consent.', 'account.', 'mail.', 'error.'] as const;
type Locale = Schema<'Text'>['locale'];

/** What pages and mails say, in each language: three texts of the sign-in page, and every other one by its key. */
export function WordFields({ draft, tenant }: WordFieldsProps) {
  const t = useTexts(texts);
  const [url, setUrl] = useUrlState();
  const { language } = useLanguage();
  const locale = (LOCALES.find(({ value }) => value === url.get('locale'))?.value ?? language) as Locale;
  return (
    <>
      <Panel title={t('words')} lead={t('words_lead')}>
        <div className="stack">
          <Select
            label={t('language')}
            value={locale}
            allowDeselect={false}
            data={LOCALES}
            onChange={(next) => setUrl({ locale: next ?? undefined, after: undefined }, true)}
          />
          {OWN.map((member) => {
            const name = `branding/texts/${locale}/${member}`;
            const value = draft.values[name];
            return (
              <Textarea
                key={member}
                label={t(member)}
                lang={locale}
                dir={locale === 'ar' ? 'rtl' : 'ltr'}
                autosize
                minRows={1}
                maxRows={6}
                value={typeof value === 'string' ? value : ''}
                error={draft.errors[name]}
                onChange={(event) => draft.change(name, event.currentTarget.value)}
              />
            );
          })}
        </div>
      </Panel>
      <KeyedTexts draft={draft} tenant={tenant} locale={locale} />
    </>
  );
}

function KeyedTexts({ draft, tenant, locale }: WordFieldsProps & { readonly locale: Locale }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const [url, setUrl] = useUrlState();
  const prefix = url.get('prefix') ?? '';
  const after = url.get('after') ?? undefined;
  const query = {
    locale,
    limit: PAGE_SIZE,
    ...(prefix !== '' && { prefix }),
    ...(after !== undefined && { after }),
  };
  const { data, error, refetch } = useRead('listTexts', { path: { tenant }, query }, { keepPrevious: true });
  const next = data?.body.page.next;
  const places = PLACES.map((place) => ({ value: place, label: t(`place_${place}`) }));
  const isPlace = PLACES.some((place) => place === prefix);
  return (
    <Panel title={t('every_text')} lead={t('every_text_lead')}>
      <div className="stack">
        <div className="branding-tools">
          <Select
            aria-label={t('place')}
            value={prefix === '' || isPlace ? prefix : ''}
            allowDeselect={false}
            data={[{ value: '', label: t('place_all') }, ...places]}
            onChange={(chosen) => setUrl({ prefix: chosen ?? undefined, after: undefined }, true)}
          />
          <TextInput
            aria-label={t('key_begins')}
            placeholder={t('key_begins')}
            value={prefix}
            spellCheck={false}
            onChange={(event) => setUrl({ prefix: event.currentTarget.value, after: undefined }, true)}
          />
        </div>
        {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && <SkeletonLines lines={8} label={t('every_text')} />}
        {data?.body.data.length === 0 && <p className="soft">{shared('list.nothing_found')}</p>}
        <ul className="word-list">
          {data?.body.data.map((text) => (
            <OneText key={text.key} text={text} draft={draft} />
          ))}
        </ul>
        <nav className="actions" aria-label={shared('list.pages')}>
          {after !== undefined && (
            <Button variant="default" size="xs" onClick={() => setUrl({ after: undefined })}>
              {shared('list.first')}
            </Button>
          )}
          {next !== undefined && next !== null && (
            <Button variant="default" size="xs" onClick={() => setUrl({ after: next })}>
              {shared('list.next')}
            </Button>
          )}
        </nav>
      </div>
    </Panel>
  );
}

function OneText({ text, draft }: { readonly text: Schema<'Text'>; readonly draft: Draft }) {
  const t = useTexts(texts);
  const name = `texts/${text.locale}/${text.key}`;
  const value = draft.values[name];
  const own = typeof value === 'string' ? value : '';
  const parts = [...text.placeholders.map((one) => `{${one}}`), ...text.tags.map((one) => `<${one}>…</${one}>`)];
  const direction = text.locale === 'ar' ? 'rtl' : 'ltr';
  return (
    <li className="word">
      <div className="actions">
        <code>{text.key}</code>
        {own !== '' && <StateBadge tone="accent">{t('own')}</StateBadge>}
      </div>
      <Textarea
        aria-label={text.key}
        lang={text.locale}
        dir={direction}
        autosize
        minRows={1}
        maxRows={8}
        placeholder={text.default}
        value={own}
        error={draft.errors[name]}
        description={parts.length > 0 && `${t('can_name')} ${parts.join(' ')}`}
        onChange={(event) => draft.change(name, event.currentTarget.value)}
      />
      <div className="actions">
        {own === '' ? (
          <Button size="xs" variant="subtle" onClick={() => draft.change(name, text.default)}>
            {t('begin_with_ours')}
          </Button>
        ) : (
          <Button size="xs" variant="subtle" onClick={() => draft.change(name, null)}>
            {t('take_ours')}
          </Button>
        )}
      </div>
    </li>
  );
}
