import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import { useRead } from '../../api/queries.js';
import { CodeBlock } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

interface ExportLine {
  readonly kind: string;
  readonly first_seq?: number;
  readonly last_seq?: number;
  readonly jws?: string;
  readonly seq?: number;
}

interface ChainState {
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly signed: number | undefined;
  readonly unsealed: number;
  readonly looked: string;
}

/** What makes the log hold against a change, and how anybody checks it without the platform. */
export function AuditChain() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const api = useApi();
  const { announce } = useNotices();
  const issuer = useRead('getTenant', { path: { tenant } }).data?.body.issuer;
  const [chain, setChain] = useState<ChainState>();
  const [failure, setFailure] = useState<Error>();
  const [work, setWork] = useState<'look' | 'save'>();
  const file = `${tenant}-audit.ndjson`;
  const path = { tenant };
  const exported = async () => {
    const answer = await api.stream('exportAuditEvents', { path }, new AbortController().signal);
    return answer.blob();
  };
  const doing = async (what: 'look' | 'save', act: (blob: Blob) => Promise<void> | void) => {
    setWork(what);
    setFailure(undefined);
    try {
      await act(await exported());
    } catch (error) {
      setFailure(error as Error);
    } finally {
      setWork(undefined);
    }
  };
  return (
    <>
      <Panel title={t('chain')} lead={t('chain_lead')}>
        <div className="stack">
          {failure && <ProblemNotice error={failure} />}
          {chain && (
            <div role="status">
              <Facts
                facts={[
                  [
                    t('chain_range'),
                    chain.last === undefined || chain.first === undefined
                      ? t('chain_none')
                      : t('chain_from_to', { first: chain.first, last: chain.last }),
                  ],
                  [t('chain_signed'), chain.signed === undefined ? t('chain_none') : String(chain.signed)],
                  [t('chain_unsealed'), String(chain.unsealed)],
                  [t('chain_looked'), <Time key="looked" value={chain.looked} exact />],
                ]}
              />
            </div>
          )}
          <div className="actions">
            <Button
              loading={work === 'look'}
              onClick={() =>
                void doing('look', async (blob) => {
                  setChain(stateOf(await blob.text()));
                  announce(t('chain_looked'));
                })
              }
            >
              {t('chain_look')}
            </Button>
            <Button
              variant="default"
              loading={work === 'save'}
              onClick={() => void doing('save', (blob) => save(blob, file))}
            >
              {t('export')}
            </Button>
            <CodeCopy
              operation="exportAuditEvents"
              request={() => ({ path })}
              cli={() => asCommand(['audit-events', 'export', tenant, file])}
            />
          </div>
          <p className="soft">{t('export_hint')}</p>
        </div>
      </Panel>
      <Panel title={t('verify')} lead={t('verify_lead')}>
        <div className="stack">
          <CodeBlock
            what={t('verify')}
            text={[
              `npx tenantry audit-events export ${tenant} ${file}`,
              `curl -s ${issuer ?? '$ISSUER'}/jwks > ${tenant}-jwks.json`,
              `npx tenantry audit-events verify ${file} --jwks ${tenant}-jwks.json`,
            ].join('\n')}
          />
          <ul className="bullets">
            <li>{t('verify_names')}</li>
            <li>{t('verify_keys')}</li>
            <li>{t('verify_earlier')}</li>
          </ul>
        </div>
      </Panel>
    </>
  );
}

function stateOf(text: string): ChainState {
  const state = { first: undefined, last: undefined, signed: undefined, unsealed: 0 } as {
    -readonly [Member in keyof Omit<ChainState, 'looked'>]: ChainState[Member];
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const { kind, first_seq, last_seq, seq } = JSON.parse(line) as ExportLine;
    if (kind === 'log') {
      state.first = first_seq;
      state.last = last_seq;
    }
    if (kind === 'checkpoint') state.signed = seq;
    if (kind === 'unsealed') state.unsealed += 1;
  }
  return { ...state, looked: new Date().toISOString() };
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
