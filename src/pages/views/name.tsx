import { displayName } from '../look/display-text.js';

/** A name somebody chose, isolated so that its writing direction cannot reorder the sentence around it. */
export function Name({ of, fallback }: { readonly of: string; readonly fallback?: string }) {
  return <bdi>{displayName(of, fallback)}</bdi>;
}

/** A host name: always left to right, kept to the length a host name can have. */
export function Host({ of }: { readonly of: string }) {
  return (
    <bdi class="host" dir="ltr">
      {displayName(of, '', 253)}
    </bdi>
  );
}
