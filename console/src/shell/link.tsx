import { type RouterHistory, useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** An address of the console: `/tenants/acme?tab=usage`. */
  readonly to: string;
}

/** A link to a screen. Middle clicks, new tabs and "copy address" work, because it is one. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const go = useGo();
  const href = useHref()(to);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain || rest.target !== undefined) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={href} onClick={follow} />;
}

export function useHref(): (to: string) => string {
  const router: { readonly basepath: string } = useRouter();
  return (to) => `${router.basepath.replace(/\/$/, '')}${to}`;
}

/** Goes to a screen. `replace` leaves no entry for Back. */
export function useGo(): (to: string, options?: { readonly replace?: boolean }) => void {
  const router: { readonly history: RouterHistory } = useRouter();
  const href = useHref();
  return (to, { replace = false } = {}) => {
    const address = href(to);
    // The browser itself keeps where one was. The router would keep it in the storage of the tab, beyond the sign-out.
    if (new URL(address, window.location.href).pathname !== window.location.pathname) window.scrollTo(0, 0);
    if (replace) router.history.replace(address);
    else router.history.push(address);
  };
}
