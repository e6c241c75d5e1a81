import { type RouteComponent, lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { IconName } from '../design/icon.js';
import type { en } from '../texts/en.js';
import type { Need } from './permission.js';

export type Section = 'platform_section' | 'home' | 'build' | 'people' | 'configure' | 'watch';

/** The screens of one resource, and its place in the navigation. */
export interface ScreenGroup {
  /** First part of their addresses, such as `users`. Empty: the first screen of a tenant. */
  readonly path: string;
  readonly area: 'platform' | 'tenant';
  readonly section: Section;
  readonly label: keyof typeof en;
  readonly icon: IconName;
  /** Without it the group is not in the navigation. */
  readonly need?: Need;
  readonly screens: readonly Screen[];
  /** What the command palette offers beside the page itself. */
  readonly actions?: readonly { readonly label: keyof typeof en; readonly path: string }[];
}

export interface Screen {
  /** Below the group: empty for the list, `new`, `$user`. */
  readonly path: string;
  readonly component: RouteComponent;
}

/** A screen that is loaded when somebody goes there. */
export function screen<Name extends string>(
  path: string,
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): Screen {
  return { path, component: lazyRouteComponent(load as () => Promise<Record<string, ComponentType>>, name) };
}
