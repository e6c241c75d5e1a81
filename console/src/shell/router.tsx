import { type AnyRoute, Outlet, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { CrashScreen, LoadingScreen, NotFoundScreen } from './fallback-screens.js';
import type { Screen, ScreenGroup } from './screen.js';
import { Shell } from './shell.js';

/**
 * Screens of a tenant are made once: an operator has them below `/tenants/<slug>`, an admin at the root.
 * @param basepath path of the console, without a slash at its end
 * @param screens those that there are for whoever looks at them
 */
export function createConsoleRouter(basepath: string, isOperator: boolean, screens: readonly ScreenGroup[]) {
  const root = createRootRoute({ component: Shell });
  const groups = (area: ScreenGroup['area']) => screens.filter((group) => group.area === area);
  const platform = isOperator ? groups('platform').flatMap((group) => routesOf(root, group)) : [];
  const routes = isOperator
    ? [...platform, tenantRoute(root, groups('tenant'))]
    : groups('tenant').flatMap((group) => routesOf(root, group));
  const router = createRouter({
    routeTree: root.addChildren(routes),
    basepath,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch,
    defaultPendingComponent: LoadingScreen,
    defaultErrorComponent: CrashScreen,
    defaultNotFoundComponent: NotFoundScreen,
    defaultPendingMs: 150,
  });
  // It would scroll to the top whenever the address changes, also at Back and for a filter. `useGo` does it for another
  // screen, and the browser keeps where one was.
  router.subscribe('onLoad', () => {
    router._scroll.n = false;
  });
  return router;
}

function tenantRoute(root: AnyRoute, groups: readonly ScreenGroup[]): AnyRoute {
  const tenant = createRoute({ getParentRoute: () => root, path: '/tenants/$tenant', component: Outlet });
  return tenant.addChildren(groups.flatMap((group) => routesOf(tenant, group)));
}

function routesOf(parent: AnyRoute, group: ScreenGroup): AnyRoute[] {
  return group.screens.map((one) =>
    createRoute({ getParentRoute: () => parent, path: addressOf(group, one), component: one.component }),
  );
}

function addressOf(group: ScreenGroup, { path }: Screen): string {
  return `/${[group.path, path].filter((part) => part !== '').join('/')}`;
}

function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
