import { Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { type Answer, useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { readAnew } from '../../api/query-client.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import { WEBHOOK_WRITERS } from './webhook-status.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Sends all that was not taken since a moment. One call takes on a part, so it is called until nothing is left. */
export function ReplayButton({ webhook }: { readonly webhook: Schema<'Webhook'> }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const api = useApi();
  const queries = useQueryClient();
  const { tenant } = useTenant();
  const [isOpen, setOpen] = useState(false);
  const [since, setSince] = useState(dayAgo);
  const [all, setAll] = useState(false);
  const [queued, setQueued] = useState<number>();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const path = { tenant, webhook_id: webhook.id };
  const moment = new Date(since);
  const isMoment = !Number.isNaN(moment.getTime());
  const body = (from: string) => ({ since: from, ...(all && { all }) });
  const start = async () => {
    setBusy(true);
    setFailure(undefined);
    let count = 0;
    try {
      for (let from: string | null = moment.toISOString(); from !== null;) {
        const answer: Answer<Schema<'WebhookReplay'>> = await api.call('replayEvents', { path, body: body(from) });
        count += answer.body.queued;
        from = answer.body.next_since;
        setQueued(count);
      }
    } catch (error) {
      setFailure(error as Error);
    } finally {
      setBusy(false);
      await readAnew(queries);
    }
  };
  return (
    <>
      <ActionButton
        variant="default"
        need={WEBHOOK_WRITERS}
        because={webhook.enabled ? undefined : t('enable_first')}
        onClick={() => {
          setQueued(undefined);
          setFailure(undefined);
          setOpen(true);
        }}
      >
        {t('replay_many')}
      </ActionButton>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={<strong>{t('replay_many')}</strong>}
        closeButtonProps={{ 'aria-label': shared('action.close') }}
      >
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (isMoment) void start();
          }}
        >
          <p>{t('replay_text')}</p>
          <TextInput
            type="datetime-local"
            label={t('since')}
            value={since}
            error={isMoment ? undefined : t('since_missing')}
            onChange={(event) => setSince(event.currentTarget.value)}
          />
          <Checkbox
            label={t('replay_all')}
            description={t('replay_all_help')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          {queued !== undefined && <p role="status">{t('replayed', { count: queued })}</p>}
          {failure && <ProblemNotice error={failure} onRetry={() => void start()} />}
          <div className="actions">
            <ActionButton type="submit" need={WEBHOOK_WRITERS} loading={isBusy}>
              {t('replay')}
            </ActionButton>
            <CodeCopy
              operation="replayEvents"
              request={() => ({ path, body: body(isMoment ? moment.toISOString() : '') })}
              cli={({ body: sent }) => {
                const { since: from } = sent as { readonly since: string };
                return asCommand([
                  'webhooks',
                  'replay',
                  tenant,
                  webhook.id,
                  '--since',
                  from,
                  ...(all ? ['--all'] : []),
                ]);
              }}
            />
          </div>
        </form>
      </Modal>
    </>
  );
}

/** As `datetime-local` takes it, in the zone of the reader. */
function dayAgo(): string {
  const moment = new Date(Date.now() - DAY_MS);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
