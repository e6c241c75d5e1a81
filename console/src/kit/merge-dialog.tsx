import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import { useSharedTexts } from '../texts/texts.js';
import type { FormValues, Merged } from './form-values.js';

export interface MergeCase extends Merged {
  readonly base: FormValues;
  readonly mine: FormValues;
  readonly theirs: FormValues;
  readonly etag: string | undefined;
}

interface MergeDialogProps {
  readonly merge: MergeCase;
  readonly labelOf: (name: string) => string;
  readonly onClose: () => void;
  readonly onMerged: (values: FormValues) => void;
}

/** Two people changed the same object. Nothing of either is lost, and only what contradicts itself is asked. */
export function MergeDialog({ merge, labelOf, onClose, onMerged }: MergeDialogProps) {
  const t = useSharedTexts();
  const { base, mine, theirs, conflicts } = merge;
  const [takeTheirs, setTakeTheirs] = useState<Readonly<Record<string, boolean>>>({});
  const save = () =>
    onMerged({
      ...merge.values,
      ...Object.fromEntries(conflicts.map((name) => [name, takeTheirs[name] === true ? theirs[name] : mine[name]])),
    });
  const shown = (value: unknown) => {
    if (value === null || value === undefined || value === '') return <span className="soft">{t('merge.empty')}</span>;
    if (typeof value === 'boolean') return t(value ? 'form.on' : 'form.off');
    return <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>;
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={<strong>{t('merge.title')}</strong>}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="stack">
        <p>{t(conflicts.length === 0 ? 'merge.auto' : 'merge.text')}</p>
        {conflicts.length > 0 && (
          <table className="merge">
            <thead>
              <tr>
                <th scope="col">{t('merge.field')}</th>
                <th scope="col">{t('merge.base')}</th>
                <th scope="col">{t('merge.yours')}</th>
                <th scope="col">{t('merge.theirs')}</th>
              </tr>
            </thead>
            <tbody>
              {conflicts.map((name) => (
                <tr key={name}>
                  <th scope="row">{labelOf(name)}</th>
                  <td>{shown(base[name])}</td>
                  {[false, true].map((isTheirs) => (
                    <td key={String(isTheirs)}>
                      <Radio
                        name={`merge-${name}`}
                        label={shown((isTheirs ? theirs : mine)[name])}
                        aria-label={`${labelOf(name)}: ${t(isTheirs ? 'merge.theirs' : 'merge.yours')}`}
                        checked={(takeTheirs[name] ?? false) === isTheirs}
                        onChange={() => setTakeTheirs({ ...takeTheirs, [name]: isTheirs })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div className="actions">
          <Button onClick={save}>{t('merge.save')}</Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
