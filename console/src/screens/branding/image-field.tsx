import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../design/icon.js';
import { useTexts } from '../../texts/texts.js';
import { asDataUri } from './image-file.js';
import { texts } from './texts.js';
import type { Draft } from './use-draft.js';

interface ImageFieldProps {
  readonly image: 'logo' | 'logo_dark' | 'favicon';
  readonly draft: Draft;
}

/** An image is chosen from a file, and shown on the ground on which people see it. */
export function ImageField({ image, draft }: ImageFieldProps) {
  const t = useTexts(texts);
  const [refusal, setRefusal] = useState<string>();
  const name = `branding/${image}`;
  const value = draft.values[name];
  const error = refusal ?? draft.errors[name];
  const choose = async (file: File | null) => {
    if (!file) return;
    setRefusal(undefined);
    try {
      draft.change(name, await asDataUri(file));
    } catch {
      setRefusal(t('image_refused'));
    }
  };
  return (
    <div className="brand-image">
      <strong>{t(image)}</strong>
      <span className="soft">{t(`${image}_help`)}</span>
      <div className="brand-image-shown" data-dark={image === 'logo_dark' || undefined}>
        {typeof value === 'string' && value !== '' ? <img src={value} alt={t(image)} /> : t('image_none')}
      </div>
      <div className="actions">
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" aria-label={`${t('choose_file')}: ${t(image)}`}>
              {t('choose_file')}
            </Button>
          )}
        </FileButton>
        {typeof value === 'string' && value !== '' && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<Icon name="close" />}
            aria-label={`${t('remove')}: ${t(image)}`}
            onClick={() => draft.change(name, null)}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
