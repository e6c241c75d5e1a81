import { useClipboard } from '@mantine/hooks';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useSharedTexts } from '../texts/texts.js';
import { Icon } from './icon.js';

/** Puts a text into the clipboard. @param what how the button names it to those who cannot see it */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const t = useSharedTexts();
  const { copied, copy } = useClipboard({ timeout: 1500 });
  const label = copied ? t('action.copied') : t('action.copy_named', { name: what });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} onClick={() => copy(text)}>
        <Icon name={copied ? 'check' : 'copy'} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A value that people carry elsewhere: an issuer, an id, a record of DNS. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="copy-field">
      <span className="copy-label">{label}</span>
      <span className="copy-value">
        <code dir="ltr">{value}</code>
        <CopyButton text={value} what={label} />
      </span>
    </div>
  );
}

export function CodeBlock({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <div className="code-block">
      <pre tabIndex={0} role="group" aria-label={what} dir="ltr">
        {text}
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
