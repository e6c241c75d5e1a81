import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import { useReach } from './reach.js';

/** Says that what one sees may be old, for as long as it is so. */
export function ReachBanner() {
  const t = useSharedTexts();
  const isReachable = useReach();
  const isOnline = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  );
  if (isOnline && isReachable) return <div role="status" />;
  const kind = isOnline ? 'unreachable' : 'offline';
  return (
    <div className="banner" role="status">
      <Icon name="warning" />
      <span>
        <strong>{t(`${kind}.title`)}.</strong> {t(`${kind}.text`)}
      </span>
    </div>
  );
}
