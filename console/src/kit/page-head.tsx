import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../design/icon.js';
import { Link } from '../shell/link.js';
import { useSharedTexts } from '../texts/texts.js';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

export interface PageHeadProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** From the outermost in, without the page itself. */
  readonly crumbs?: readonly Crumb[];
  readonly badges?: ReactNode;
  readonly actions?: ReactNode;
}

/** The heading of a page. It takes the focus when somebody comes from another page, so that they hear where they are. */
export function PageHead({ title, lead, crumbs = [], badges, actions }: PageHeadProps) {
  const t = useSharedTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  useEffect(() => {
    if (!document.documentElement.hasAttribute('data-moved')) {
      document.documentElement.setAttribute('data-moved', '');
      return;
    }
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <header className="page-head">
      {crumbs.length > 0 && (
        <nav aria-label={t('app.breadcrumb')}>
          <ol className="crumbs">
            {crumbs.map(({ label, to }) => (
              <li key={to}>
                <Link to={to}>
                  <bdi>{label}</bdi>
                </Link>
                <Icon name="chevron" size={12} />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="page-title">
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {badges}
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
      {lead !== undefined && <p className="page-lead">{lead}</p>}
    </header>
  );
}
