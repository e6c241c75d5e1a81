import { Button } from '@mantine/core';
import type { Schema } from '../api/operation.js';
import { useSharedTexts } from '../texts/texts.js';
import type { ListState } from './list-state.js';

interface ListFootProps {
  readonly page: Schema<'PageInfo'>;
  readonly state: ListState;
  readonly isOld: boolean;
}

/** How many there are, and the way to the next ones. */
export function ListFoot({ page, state, isOld }: ListFootProps) {
  const t = useSharedTexts();
  const { next, has_more, estimated_total: count, total_precision: precision } = page;
  const { goBack } = state;
  if (count === undefined && state.search === '' && !goBack && !has_more) return undefined;
  return (
    <nav className="list-foot" aria-label={t('list.pages')}>
      <span className="numbers" role="status">
        {count !== undefined && t(`list.total_${precision ?? 'exact'}`, { count })}
        {state.search !== '' && ` · ${t('list.sorted_by_match')}`}
      </span>
      <span className="actions">
        {goBack && (
          <>
            <Button size="xs" variant="subtle" color="gray" onClick={() => state.change({})}>
              {t('list.first')}
            </Button>
            <Button size="xs" variant="default" onClick={goBack}>
              {t('list.previous')}
            </Button>
          </>
        )}
        {(goBack !== undefined || has_more) && (
          <Button
            size="xs"
            variant="default"
            disabled={!has_more || next === null || isOld}
            onClick={() => next !== null && state.goNext(next)}
          >
            {t('list.next')}
          </Button>
        )}
      </span>
    </nav>
  );
}
