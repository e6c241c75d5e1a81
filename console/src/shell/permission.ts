import { useSharedTexts } from '../texts/texts.js';
import { useSession } from './session.js';

/**
 * A permission such as `users:write`, `operator` for what only operators do, or `own_tenant` for what only people of the
 * tenant itself do. Several: all of them.
 */
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
      if (one === 'operator') {
        if (!is_operator) return { allowed: false, reason: t('permission.operators') };
      } else if (one === 'own_tenant') {
        if (is_operator) return { allowed: false, reason: t('permission.own_tenant') };
      } else if (!permissions.includes(one)) {
        return { allowed: false, reason: t('permission.missing', { permission: one }) };
      }
    }
    return { allowed: true, reason: undefined };
  };
}
