import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { readAnew } from '../../api/query-client.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import type { Need } from '../../shell/permission.js';
import { useTexts } from '../../texts/texts.js';
import { type Picked, type PickedKind, Picker } from './picker.js';
import { texts } from './texts.js';

export interface Adding {
  readonly title: string;
  readonly lead: string;
  /** Of the button. */
  readonly label: string;
  /** Asks for somebody. */
  readonly find: string;
  /** What can be added, and what it takes. */
  readonly needs: Partial<Readonly<Record<PickedKind, Need>>>;
  readonly run: (kind: PickedKind, id: string) => Promise<unknown>;
  /** @param name of whom was added */
  readonly done: (name: string) => string;
}

/** Finds somebody, and adds them. */
export function AddHolder({ title, lead, label, find, needs, run, done }: Adding) {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const { notify } = useNotices();
  const kinds = Object.keys(needs) as PickedKind[];
  const [kind, setKind] = useState<PickedKind>(kinds[0] ?? 'user');
  const [chosen, setChosen] = useState<Picked>();
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const choose = (next: Picked | undefined) => {
    setError(undefined);
    setChosen(next);
  };
  const add = async () => {
    if (!chosen) return;
    setBusy(true);
    setError(undefined);
    try {
      await run(kind, chosen.id);
      notify(done(chosen.label));
      setChosen(undefined);
      await readAnew(queries);
    } catch (refusal) {
      setError(refusal as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={title} lead={lead}>
      <div className="stack">
        {error && <ProblemNotice error={error} />}
        <div className="actions">
          {kinds.length > 1 && (
            <SegmentedControl
              aria-label={t('kind')}
              value={kind}
              onChange={(next) => {
                setKind(next);
                choose(undefined);
              }}
              data={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
            />
          )}
          <Picker key={kind} kind={kind} label={find} value={chosen} onChange={choose} />
          <ActionButton
            need={needs[kind]}
            because={chosen ? undefined : t('choose')}
            loading={isBusy}
            onClick={() => void add()}
          >
            {label}
          </ActionButton>
        </div>
      </div>
    </Panel>
  );
}
