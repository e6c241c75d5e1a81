import { Select } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { CodeBlock } from '../../design/copy.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

interface LibrarySelectProps {
  readonly libraries: readonly Pick<Schema<'Snippet'>, 'library' | 'title' | 'language'>[];
  readonly value: string;
  readonly onChange: (library: string | null) => void;
}

/** For which library code is shown. */
export function LibrarySelect({ libraries, value, onChange }: LibrarySelectProps) {
  const t = useTexts(texts);
  return (
    <Select
      w="min(20rem, 100%)"
      label={t('library')}
      value={value}
      allowDeselect={false}
      data={libraries.map(({ library, title, language }) => ({ value: library, label: `${title} (${language})` }))}
      onChange={onChange}
    />
  );
}

/** Code with the values of a client: what to install, and the file. */
export function SnippetCode({ snippet: { install, file_name: name, code } }: { readonly snippet: Schema<'Snippet'> }) {
  const t = useTexts(texts);
  return (
    <>
      {install !== null && <CodeBlock text={install} what={t('install')} />}
      <div>
        <p className="soft">
          <code>{name}</code>
        </p>
        <CodeBlock text={code} what={name} />
      </div>
    </>
  );
}
