import { Button, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { Icon } from '../../design/icon.js';
import { useTexts } from '../../texts/texts.js';
import { ImageField } from './image-field.js';
import { texts } from './texts.js';
import { type Draft, isColor, isHalfTyped } from './use-draft.js';

interface LookFieldsProps {
  readonly draft: Draft;
  readonly contrast: Schema<'BrandingContrast'>;
}

const IMAGES = ['logo', 'logo_dark', 'favicon'] as const;
const COLORS = ['primary_color', 'primary_color_dark', 'background_color'] as const;
/** Of the places where a colour cannot be read, the worst are shown. */
const FIRST = 3;

export function LookFields({ draft, contrast }: LookFieldsProps) {
  const t = useTexts(texts);
  const flags = ['logo_works_on_dark', 'logo_with_name'] as const;
  return (
    <>
      <Panel title={t('images')} lead={t('images_lead')}>
        <div className="stack">
          {IMAGES.map((image) => (
            <ImageField key={image} image={image} draft={draft} />
          ))}
          {flags.map((flag) => (
            <Switch
              key={flag}
              label={t(flag)}
              description={t(`${flag}_help`)}
              checked={draft.values[`branding/${flag}`] === true}
              error={draft.errors[`branding/${flag}`]}
              onChange={(event) => draft.change(`branding/${flag}`, event.currentTarget.checked || null)}
            />
          ))}
        </div>
      </Panel>
      <Panel title={t('colors')} lead={t('colors_lead')}>
        <div className="stack">
          {COLORS.map((color) => (
            <ColorField key={color} color={color} draft={draft} contrast={contrast} />
          ))}
        </div>
      </Panel>
    </>
  );
}

function ColorField({ color, draft, contrast }: LookFieldsProps & { readonly color: (typeof COLORS)[number] }) {
  const t = useTexts(texts);
  const name = `branding/${color}`;
  const value = draft.values[name];
  const text = typeof value === 'string' ? value : '';
  return (
    <div className="contrast">
      <TextInput
        label={t(color)}
        description={t(`${color}_help`)}
        value={text}
        placeholder={t('color_none')}
        spellCheck={false}
        autoComplete="off"
        leftSection={
          <input
            type="color"
            className="color-well"
            aria-label={`${t('pick')}: ${t(color)}`}
            value={isColor(text) ? text : '#ffffff'}
            data-empty={text === '' || undefined}
            onChange={(event) => draft.change(name, event.currentTarget.value)}
          />
        }
        error={draft.errors[name] ?? (isHalfTyped(name, text) ? t('color_half') : undefined)}
        onChange={(event) => draft.change(name, event.currentTarget.value.toLowerCase())}
      />
      <ContrastFaults color={color} draft={draft} contrast={contrast} />
    </div>
  );
}

/** Where the colour cannot be read, beside the field where it was chosen. */
function ContrastFaults({ color, draft, contrast }: LookFieldsProps & { readonly color: string }) {
  const t = useTexts(texts);
  const [isWhole, setWhole] = useState(false);
  const faults = contrast.faults
    .filter(({ member }) => member === color)
    .toSorted((one, other) => one.chosen.ratio / one.needed - other.chosen.ratio / other.needed);
  const nearest = contrast.nearest[color] ?? null;
  if (faults.length === 0) return null;
  return (
    <div className="notice" data-tone="warn">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{t('contrast_here', { count: faults.length })}</p>
        {faults.slice(0, isWhole ? faults.length : FIRST).map(({ where, scheme, needed, chosen, shown }) => (
          <p className="contrast-line" key={`${where}${scheme}`}>
            <Swatch {...chosen} /> {t('instead')} <Swatch {...shown} />
            <span>
              {whereText(t, where)}: {t('ratio', { ratio: chosen.ratio, needed })}
            </span>
          </p>
        ))}
        {faults.length > FIRST && !isWhole && (
          <div>
            <Button size="xs" variant="subtle" onClick={() => setWhole(true)}>
              {t('all_places', { count: faults.length })}
            </Button>
          </div>
        )}
        {nearest !== null && (
          <div>
            <Button size="xs" variant="default" onClick={() => draft.change(`branding/${color}`, nearest)}>
              {t('take_nearest', { color: nearest })}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function Swatch({ foreground, background }: { readonly foreground: string; readonly background: string }) {
  return (
    <span className="swatch" aria-hidden style={{ background }}>
      <span style={{ background: foreground }} />
    </span>
  );
}

const PLACES = [
  'link',
  'link_on_panel',
  'link_on_error',
  'link_on_page',
  'focus',
  'focus_on_panel',
  'focus_on_error',
  'focus_on_page',
  'button_text',
  'button_edge',
  'mail_link',
  'mail_link_on_page',
  'mail_button_text',
] as const;

export function whereText(t: (key: `where_${(typeof PLACES)[number]}`) => string, where: string): string {
  const place = PLACES.find((one) => one === where);
  return place === undefined ? where : t(`where_${place}`);
}
