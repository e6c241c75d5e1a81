import { useLocation } from '@tanstack/react-router';
import { Icon } from '../design/icon.js';
import { screensOf } from '../screens/screens.js';
import { useSharedTexts } from '../texts/texts.js';
import { Link } from './link.js';
import { usePermission } from './permission.js';
import type { ScreenGroup, Section } from './screen.js';
import { useSession } from './session.js';
import { useTenant } from './tenant-scope.js';

const SECTIONS: readonly Section[] = ['platform_section', 'home', 'build', 'people', 'configure', 'watch'];

export interface Place {
  readonly group: ScreenGroup;
  readonly to: string;
}

/** Where the person may go from here: the platform for operators, and the screens of the tenant they look at. */
export function usePlaces(): readonly Place[] {
  const session = useSession();
  const { is_operator } = session;
  const permission = usePermission();
  const { base } = useTenant();
  return screensOf(session)
    .filter(({ need }) => permission(need).allowed)
    .filter(({ area }) => (area === 'platform' ? is_operator : base !== '' || !is_operator))
    .map((group) => ({ group, to: `${group.area === 'tenant' ? base : ''}/${group.path}`.replace(/(.)\/$/, '$1') }));
}

export function Navigation({ onFollow }: { readonly onFollow?: () => void }) {
  const t = useSharedTexts();
  const places = usePlaces();
  const { pathname } = useLocation();
  const current = currentPlace(places, pathname);
  return (
    <nav aria-label={t('app.navigation')}>
      {SECTIONS.map((section) => {
        const inside = places.filter(({ group }) => group.section === section);
        if (inside.length === 0) return undefined;
        return (
          <div className="nav-section" key={section}>
            {section !== 'home' && <div className="nav-title">{t(`nav.${section}`)}</div>}
            <ul>
              {inside.map(({ group, to }) => (
                <li key={to}>
                  <Link
                    className="nav-link"
                    to={to}
                    aria-current={current === to ? 'page' : undefined}
                    {...(onFollow && { onClick: onFollow })}
                  >
                    <Icon name={group.icon} />
                    {t(group.label)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

/** The place that the address is in, or below. */
function currentPlace(places: readonly Place[], pathname: string): string | undefined {
  return places
    .map(({ to }) => to)
    .filter((to) => pathname === to || pathname.startsWith(to === '/' ? '//' : `${to}/`))
    .sort((one, other) => other.length - one.length)[0];
}
