import { useRead } from '../../api/queries.js';
import type { Filter } from '../../kit/list-filter.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** What the list and the stream take. */
export function useEventFilters(tenant: string): readonly Filter[] {
  const t = useTexts(texts);
  const types = useRead('listEventTypes', { path: { tenant } }).data?.body.data ?? [];
  return [
    { member: 'type', label: t('type'), options: types.map(({ type }) => ({ value: type, label: type })) },
    {
      member: 'outcome',
      label: t('outcome'),
      options: [
        { value: 'success', label: t('success') },
        { value: 'failure', label: t('failure') },
      ],
    },
    { member: 'user_id', flag: '--user', label: t('user_id'), kind: 'text' },
    { member: 'client_id', flag: '--client', label: t('client_id'), kind: 'text' },
    { member: 'request_id', flag: '--request', label: t('request_id'), kind: 'text' },
    { member: 'address', label: t('address'), kind: 'text' },
  ];
}
