import type { ComponentChildren } from 'preact';
import type { FormTarget } from '../page-content.js';
import { formTarget } from '../look/web-address.js';

interface FormProps {
  readonly target: FormTarget;
  readonly id?: string;
  readonly class?: string;
  /** For a script of ours. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
  readonly children: ComponentChildren;
}

/** A form that is sent by POST with its hidden fields; `accept-charset` because OAuth parameters are UTF-8. */
export function Form({ target, id, class: className, data, children }: FormProps) {
  return (
    <form id={id} class={className} method="post" action={formTarget(target.action)} accept-charset="utf-8" {...data}>
      {Object.entries(target.hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
