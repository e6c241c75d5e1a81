import { Button, Checkbox } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import type { PolicyMember, PolicyValue } from './catalog.js';
import { usePolicyWords } from './policy-text.js';
import { texts } from './texts.js';
import { InheritButton, ValueControl } from './value-control.js';

export type Layer = 'platform' | 'template' | 'tenant';

interface PolicyRowProps {
  readonly id: string;
  readonly member: PolicyMember;
  /** The layer that is being changed. */
  readonly layer: Layer;
  /** What this layer says, with what was changed and not saved yet; `null`: it leaves it to the layer above. */
  readonly own: PolicyValue;
  readonly isChanged: boolean;
  /** Where the value that holds comes from, as far as it is known. */
  readonly explained: Schema<'ExplainedPolicy'> | undefined;
  /** What holds without this layer. */
  readonly inherited: PolicyValue;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (value: PolicyValue) => void;
  readonly error: string | undefined;
  /** Whether this layer locks it; undefined where it cannot. */
  readonly isLocking: boolean | undefined;
  readonly onLock: (isLocked: boolean) => void;
  readonly isReadOnly: boolean;
}

/** One member: what holds, who says so, and how to change it. */
export function PolicyRow(props: PolicyRowProps) {
  const { id, member, layer, own, isChanged, explained, inherited, isOpen, onToggle, onChange, error } = props;
  const t = useTexts(texts);
  const words = usePolicyWords();
  const lockedBy = explained?.locked_by;
  const isLockedAbove = lockedBy !== null && lockedBy !== undefined && lockedBy !== layer;
  const holds = isLockedAbove || (own === null && !isChanged) ? (explained?.value ?? inherited) : (own ?? inherited);
  const said = words.value(member, holds);
  const canType = !isLockedAbove && !props.isReadOnly;
  return (
    <li className="policy-row" data-changed={isChanged || undefined}>
      <div className="policy-line">
        <div className="policy-name">
          <strong>{words.label(member)}</strong>
          <code className="soft">{member}</code>
        </div>
        <div className="policy-value">
          {said === undefined ? (
            <span className="soft">{t(own === null && layer !== 'tenant' ? 'left_above' : 'none')}</span>
          ) : (
            <bdi>{said}</bdi>
          )}
        </div>
        <div className="policy-badges">
          {isChanged ? <StateBadge tone="warn">{t('changed')}</StateBadge> : <Origin {...props} />}
          {(isLockedAbove || props.isLocking === true) && (
            <StateBadge tone="plain">{t(isLockedAbove ? `locked_by_${lockedBy}` : 'locked_here')}</StateBadge>
          )}
        </div>
        <Button
          variant="subtle"
          size="xs"
          aria-expanded={isOpen}
          aria-label={`${t(isOpen ? 'close' : canType ? 'change' : 'details')}: ${words.label(member)}`}
          onClick={onToggle}
        >
          {t(isOpen ? 'close' : canType ? 'change' : 'details')}
        </Button>
      </div>
      {isOpen && (
        <div className="policy-open">
          {canType ? (
            <ValueControl id={id} member={member} value={own ?? holds ?? null} error={error} onChange={onChange} />
          ) : (
            <p className="soft">{words.help(member)}</p>
          )}
          {isLockedAbove && <p>{t(`locked_text_${lockedBy}`)}</p>}
          {canType && props.isLocking !== undefined && (
            <Checkbox
              label={t('lock')}
              description={t('lock_help')}
              checked={props.isLocking}
              onChange={(event) => props.onLock(event.currentTarget.checked)}
            />
          )}
          {explained && explained.decided.length > 0 && <Layers {...props} />}
          {own !== null && !props.isReadOnly && (
            <div className="actions">
              <InheritButton label={t('reset')} onClick={() => onChange(null)} />
              {inherited !== null && (
                <span className="soft">{t('then_holds', { value: words.value(member, inherited) ?? t('none') })}</span>
              )}
            </div>
          )}
        </div>
      )}
    </li>
  );
}

/** Who decided what holds. */
function Origin({ layer, own, explained, inherited }: PolicyRowProps) {
  const t = useTexts(texts);
  if (explained === undefined) {
    if (own !== null) return <StateBadge tone="accent">{t('set_here')}</StateBadge>;
    return inherited === null ? null : <StateBadge tone="plain">{t('from_platform')}</StateBadge>;
  }
  const isOwn = explained.from === layer;
  return <StateBadge tone={isOwn ? 'accent' : 'plain'}>{t(isOwn ? 'set_here' : `from_${explained.from}`)}</StateBadge>;
}

/** Every layer that says something, and which of them holds. */
function Layers({ member, explained }: PolicyRowProps) {
  const t = useTexts(texts);
  const words = usePolicyWords();
  return (
    <ul className="policy-layers" aria-label={t('layers')}>
      {explained?.decided.map(({ by, value, in_force: isInForce }) => (
        <li key={by}>
          <span className="soft">{t(`layer_${by}`)}</span> <bdi>{words.value(member, value) ?? t('none')}</bdi>{' '}
          <StateBadge tone={isInForce ? 'good' : 'plain'}>{t(isInForce ? 'holds' : 'without_effect')}</StateBadge>
        </li>
      ))}
      {explained?.from === 'rule' && <li>{t('rule_text')}</li>}
    </ul>
  );
}
