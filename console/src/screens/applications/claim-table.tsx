import type { Schema } from '../../api/operation.js';
import { ListTable } from '../../kit/list-table.js';
import { useTexts } from '../../texts/texts.js';
import { tokenTexts } from './token-texts.js';

type Shown = Schema<'PreviewedClaims'>;
type Origin = Shown['origins'][number];

const LONG = 300;

/** Each claim with its value, and what gave it. */
export function ClaimTable({ shown, label }: { readonly shown: Shown; readonly label: string }) {
  const t = useTexts(tokenTexts);
  return (
    <ListTable<Origin>
      label={label}
      rows={shown.origins}
      rowKey={({ claim }) => claim}
      rowName={({ claim }) => claim}
      columns={[
        { id: 'claim', label: t('claim'), isPrimary: true, cell: ({ claim }) => <code>{claim}</code> },
        {
          id: 'value',
          label: t('value'),
          cell: ({ claim, hidden, changes }) =>
            hidden ? (
              <span className="soft">{t('hidden')}</span>
            ) : (
              <>
                <code dir="auto">{textOf(shown.claims[claim])}</code>{' '}
                {changes && <span className="soft">{t('changes')}</span>}
              </>
            ),
        },
        {
          id: 'from',
          label: t('from'),
          cell: ({ kind, names }) => (
            <>
              {t(`origin_${kind}`)} {names.length > 0 && <code>{names.join(' ')}</code>}
            </>
          ),
        },
      ]}
    />
  );
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}
