import { useEffect, useRef, useState } from 'react';
import { type Api, useApi } from '../../api/api.js';
import { ApiProblem } from '../../api/api-problem.js';
import type { Schema } from '../../api/operation.js';
import { type StreamMessage, messagesOf } from './event-stream.js';

type AuditEvent = Schema<'AuditEvent'>;
export type TailState = 'connecting' | 'live' | 'hidden' | 'waiting' | 'ended';

export interface LiveTail {
  readonly events: readonly AuditEvent[];
  readonly state: TailState;
  /** Why it waits or ended. */
  readonly error: Error | undefined;
  /** How many events the retention took before they were seen. */
  readonly missed: boolean;
}

/** So many are shown; older ones are in the list. */
const KEPT = 200;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

const NOTHING: LiveTail = { events: [], state: 'connecting', error: undefined, missed: false };

/**
 * What happens from now on, newest first. A hidden tab listens to nothing, because each listener counts against the
 * limit of the tenant; it goes on where it stopped.
 * @param key changes when something else is to be listened to
 */
export function useLiveTail(tenant: string, filters: Readonly<Record<string, string>>, isOn: boolean): LiveTail {
  const api = useApi();
  const [tail, setTail] = useState<LiveTail>(NOTHING);
  const latest = useRef(filters);
  latest.current = filters;
  const key = JSON.stringify([tenant, filters, isOn]);
  useEffect(() => {
    setTail(NOTHING);
    if (!isOn) return;
    const listener = new Listener(api, tenant, latest.current, (change) => setTail((before) => change(before)));
    const look = () => (document.hidden ? listener.pause() : listener.start());
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      document.removeEventListener('visibilitychange', look);
      listener.pause();
    };
  }, [key]);
  return tail;
}

class Listener {
  private cursor: string | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly api: Api,
    private readonly tenant: string,
    private readonly filters: Readonly<Record<string, string>>,
    private readonly tell: (change: (before: LiveTail) => LiveTail) => void,
  ) {}

  pause(): void {
    this.running?.abort();
    this.running = undefined;
    this.tell((before) => ({ ...before, state: 'hidden' }));
  }

  start(): void {
    if (this.running) return;
    const control = new AbortController();
    this.running = control;
    void this.run(control.signal);
  }

  private async run(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!signal.aborted) {
      this.tell((before) => ({ ...before, state: 'connecting' }));
      try {
        const isOver = await this.listen(signal, () => {
          wait = FIRST_WAIT_MS;
        });
        if (isOver) return;
      } catch (error) {
        if (signal.aborted) return;
        if (this.isFinal(error as Error)) return;
        if (error instanceof ApiProblem && error.retryAfterSeconds !== undefined) wait = error.retryAfterSeconds * 1000;
        this.tell((before) => ({ ...before, state: 'waiting', error: error as Error }));
      }
      await sleep(wait, signal);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  /** Until the stream ends. @returns whether it was the last one */
  private async listen(signal: AbortSignal, onOpen: () => void): Promise<boolean> {
    const query = { ...this.filters, ...(this.cursor !== undefined && { after: this.cursor }) };
    const answer = await this.api.stream('streamAuditEvents', { path: { tenant: this.tenant }, query }, signal);
    this.tell((before) => ({ ...before, state: 'live', error: undefined }));
    onOpen();
    if (!answer.body) return false;
    for await (const message of messagesOf(answer.body)) {
      if (message.id !== undefined && message.id !== '') this.cursor = message.id;
      if (this.take(message)) return true;
    }
    return false;
  }

  /** @returns whether nothing will come any more */
  private take({ event, data }: StreamMessage): boolean {
    if (data === '') return false;
    if (event === 'end') {
      const { reason } = JSON.parse(data) as { readonly reason?: string };
      if (reason === 'cursor_expired') this.forget();
      if (reason !== 'access_ended') return false;
      this.tell((before) => ({ ...before, state: 'ended' }));
      return true;
    }
    const seen = JSON.parse(data) as AuditEvent;
    this.tell((before) => {
      if (before.events.some(({ id }) => id === seen.id)) return before;
      return { ...before, events: [seen, ...before.events].slice(0, KEPT) };
    });
    return false;
  }

  /** Refusals that asking again does not change. */
  private isFinal(error: Error): boolean {
    if (!(error instanceof ApiProblem) || error.isPassing) return false;
    if (error.status === 410) {
      this.forget();
      return false;
    }
    this.tell((before) => ({ ...before, state: 'ended', error }));
    return true;
  }

  /** The place is not there any more: from now on, and it is said that something is missing. */
  private forget(): void {
    this.cursor = undefined;
    this.tell((before) => ({ ...before, missed: true }));
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
