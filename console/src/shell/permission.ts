import { useSharedTexts } from '../texts/texts.js';
import { useSession } from './session.js';

/** A permission such as `users:write`, or `operator` for what only operators do. Several: all of them. */
export type Need = string | readonly string[] | undefined;

export interface Allowance {
  readonly allowed: boolean;
  /** Why not, for people. */
  readonly reason: string | undefined;
}

/** Whether the person may do something. The API decides; this only spares them the refusal. */
export function usePermission(): (need: Need) => Allowance {
  const { permissions, is_operator } = useSession();
  const t = useSharedTexts();
  return (need) => {
    for (const one of need === undefined ? [] : [need].flat()) {
      if (one === 'operator' ? !is_operator : !permissions.includes(one)) {
        const reason = one === 'operator' ? t('permission.operators') : t('permission.missing', { permission: one });
        return { allowed: false, reason };
      }
    }
    return { allowed: true, reason: undefined };
  };
}
