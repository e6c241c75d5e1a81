import { Button, Select } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { SkeletonLines } from '../../design/states.js';
import { Icon } from '../../design/icon.js';
import { ChoiceButtons } from '../../kit/choice-buttons.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useUrlState } from '../../shell/url-state.js';
import { useLanguage, useSharedTexts, useTexts } from '../../texts/texts.js';
import { LOCALES } from './locales.js';
import { texts } from './texts.js';
import { usePreview } from './use-preview.js';

interface PreviewPaneProps {
  readonly slug: string;
  /** Counted up when the draft was saved. */
  readonly revision: number;
  /** Shown first, such as a mail while mail texts are edited. */
  readonly first?: string;
}

const DEVICES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 780 } } as const;
const DEVICE_NAMES = ['desktop', 'phone'] as const;

/** On a phone one looks at the pages of a phone first. */
function deviceHere(): (typeof DEVICE_NAMES)[number] {
  return matchMedia('(max-width: 48em)').matches ? 'phone' : 'desktop';
}

/** Every real page and mail as the draft makes it. */
export function PreviewPane({ slug, revision, first = 'page:sign-in' }: PreviewPaneProps) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const { language } = useLanguage();
  const [url, setUrl] = useUrlState();
  const { address, samples, error, again } = usePreview(slug);
  const [loads, setLoads] = useState(0);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const chosen = url.get('sample') ?? first;
  const device = DEVICE_NAMES.find((one) => one === url.get('device')) ?? deviceHere();
  const scheme = url.get('scheme') === 'dark' ? 'dark' : 'light';
  const locale = url.get('locale') ?? language;
  const [kind = 'page', name = 'sign-in'] = chosen.split(':');
  const size = DEVICES[device];
  const scale = width === 0 ? 1 : Math.min(1, width / size.width);
  useEffect(() => setLoads((before) => before + 1), [revision]);
  const source = address?.({ [kind]: name, locale, scheme });
  return (
    <section className="panel branding-preview" aria-label={t('preview')}>
      <div className="branding-tools">
        <Select
          aria-label={t('sample')}
          className="branding-sample"
          searchable
          allowDeselect={false}
          value={chosen}
          data={[
            { group: t('pages'), items: samples.pages.map((one) => ({ value: `page:${one}`, label: one })) },
            { group: t('mails'), items: samples.mails.map((one) => ({ value: `mail:${one}`, label: one })) },
          ]}
          onChange={(next) => next !== null && setUrl({ sample: next }, true)}
        />
        <Select
          aria-label={t('language')}
          value={locale}
          allowDeselect={false}
          data={LOCALES}
          onChange={(next) => setUrl({ locale: next ?? undefined }, true)}
        />
        <ChoiceButtons
          label={t('device')}
          value={device}
          choices={DEVICE_NAMES.map((one) => ({ value: one, label: t(one) }))}
          onChange={(next) => setUrl({ device: next }, true)}
        />
        <ChoiceButtons
          label={t('scheme')}
          value={scheme}
          choices={(['light', 'dark'] as const).map((one) => ({ value: one, label: t(one) }))}
          onChange={(next) => setUrl({ scheme: next === 'light' ? undefined : next }, true)}
        />
      </div>
      {error && <ProblemNotice error={error} onRetry={again} />}
      {!source && !error && <SkeletonLines lines={8} label={t('preview')} />}
      <div className="branding-frame" ref={ref} style={{ height: size.height * scale }}>
        {source && (
          <iframe
            key={loads}
            title={t('preview_of', { name })}
            src={source}
            sandbox="allow-same-origin"
            width={size.width}
            height={size.height}
            style={{ transform: `scale(${String(scale)})`, colorScheme: scheme }}
          />
        )}
      </div>
      {source && (
        <div className="actions">
          <Button
            component="a"
            href={source}
            target="_blank"
            rel="noreferrer"
            variant="subtle"
            color="gray"
            leftSection={<Icon name="external" />}
          >
            {t('open_alone')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setLoads(loads + 1)}>
            {shared('problem.reload')}
          </Button>
        </div>
      )}
    </section>
  );
}
