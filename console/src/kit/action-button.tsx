import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useGo } from '../shell/link.js';
import { type Need, usePermission } from '../shell/permission.js';

interface ActionButtonProps extends ButtonProps {
  /** What it takes. Without it the button stays, and says why it does nothing. */
  readonly need?: Need;
  /** Why it makes no sense now. */
  readonly because?: string | undefined;
  readonly onClick?: () => void;
  /** A screen that it leads to. */
  readonly to?: string;
  readonly type?: 'button' | 'submit';
  readonly children: ReactNode;
}

/** A button that knows what it takes. One that may not be pressed can still be reached and says why. */
export function ActionButton({ need, because, onClick, to, type = 'button', ...rest }: ActionButtonProps) {
  const go = useGo();
  const { allowed, reason } = usePermission()(need);
  const why = allowed ? because : reason;
  if (why === undefined) {
    return <Button type={type} {...rest} onClick={() => (to === undefined ? onClick?.() : go(to))} />;
  }
  return (
    <Tooltip label={why}>
      <Button
        {...rest}
        data-disabled
        aria-disabled
        aria-description={why}
        onClick={(event) => event.preventDefault()}
      />
    </Tooltip>
  );
}
