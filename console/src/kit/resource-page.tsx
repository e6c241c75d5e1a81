import type { ReactNode } from 'react';
import type { Answer } from '../api/api.js';
import { ApiProblem } from '../api/api-problem.js';
import type { AnswerOf, OperationId, RequestOf } from '../api/operation.js';
import { useRead } from '../api/queries.js';
import { Icon } from '../design/icon.js';
import { SkeletonLines } from '../design/states.js';
import { NotFoundScreen } from '../shell/fallback-screens.js';
import { Link } from '../shell/link.js';
import { type Need, usePermission } from '../shell/permission.js';
import { useUrlState } from '../shell/url-state.js';
import { useSharedTexts } from '../texts/texts.js';
import { useLocation } from '@tanstack/react-router';
import { type Crumb, PageHead, type PageHeadProps } from './page-head.js';
import { ProblemNotice } from './problem-notice.js';

export interface Tab<Body> {
  /** `?tab=` of the address; the first tab needs none. */
  readonly id: string;
  readonly label: string;
  readonly need?: Need;
  readonly content: (answer: Answer<Body>) => ReactNode;
}

/** Something that is wrong with the object, and what helps. */
export interface Trouble {
  readonly tone: 'danger' | 'warn' | 'plain';
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}

interface ResourcePageProps<Id extends OperationId> {
  readonly operation: Id;
  readonly request: RequestOf<Id>;
  readonly crumbs: readonly Crumb[];
  /** What it is called, its states, and what one can do. */
  readonly head: (body: AnswerOf<Id>) => Omit<PageHeadProps, 'crumbs'>;
  readonly troubles?: (body: AnswerOf<Id>) => readonly (Trouble | false | undefined)[];
  readonly tabs: readonly Tab<AnswerOf<Id>>[];
}

/** One object: what it is, what is wrong with it, and what one can do. */
export function ResourcePage<Id extends OperationId>(props: ResourcePageProps<Id>) {
  const { operation, request, crumbs, head, troubles, tabs } = props;
  const t = useSharedTexts();
  const permission = usePermission();
  const [url] = useUrlState();
  const { data, error, refetch } = useRead(operation, request);
  if (!data) {
    if (error instanceof ApiProblem && error.status === 404) return <NotFoundScreen />;
    return error ? (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={8} label={t('app.loading')} />
    );
  }
  const shown = tabs.filter(({ need }) => permission(need).allowed);
  const tab = shown.find(({ id }) => id === url.get('tab')) ?? shown[0];
  return (
    <>
      <PageHead {...head(data.body)} crumbs={crumbs} />
      <div className="page-body">
        <Troubles troubles={troubles?.(data.body) ?? []} />
        {shown.length > 1 && <TabBar tabs={shown} current={tab?.id} />}
        {tab?.content(data)}
      </div>
    </>
  );
}

export function Troubles({ troubles }: { readonly troubles: readonly (Trouble | false | undefined)[] }) {
  return troubles.map(
    (trouble) =>
      trouble && (
        <div className="notice" data-tone={trouble.tone} key={trouble.title} role="status">
          <Icon name={trouble.tone === 'plain' ? 'info' : 'warning'} />
          <div>
            <p className="notice-title">{trouble.title}</p>
            {trouble.text !== undefined && <p>{trouble.text}</p>}
            {trouble.action !== undefined && <div>{trouble.action}</div>}
          </div>
        </div>
      ),
  );
}

function TabBar({
  tabs,
  current,
}: {
  readonly tabs: readonly Pick<Tab<never>, 'id' | 'label'>[];
  readonly current: string | undefined;
}) {
  const t = useSharedTexts();
  const { pathname } = useLocation();
  return (
    <nav className="tabs" aria-label={t('page.tabs')}>
      {tabs.map(({ id, label }, at) => (
        <Link
          key={id}
          className="tab"
          to={at === 0 ? pathname : `${pathname}?tab=${id}`}
          aria-current={id === current ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
