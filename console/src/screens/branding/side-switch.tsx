import { useLayoutEffect, useRef } from 'react';
import { ChoiceButtons } from '../../kit/choice-buttons.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const SIDES = ['fields', 'preview'] as const;
export type Side = (typeof SIDES)[number];

interface SideSwitchProps {
  readonly side: Side;
  readonly onChange: (side: Side) => void;
}

/**
 * Which side of the editor is seen where only one has room; a wide screen shows both. It stays in sight above both, and
 * each comes back as far scrolled as it was left.
 */
export function SideSwitch({ side, onChange }: SideSwitchProps) {
  const t = useTexts(texts);
  const places = useRef<Partial<Record<Side, number>>>({});
  const shown = useRef(side);
  const top = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (shown.current === side) return;
    shown.current = side;
    const place = places.current[side];
    // For the first time a side begins at its top.
    if (place === undefined) top.current?.scrollIntoView({ block: 'nearest' });
    else window.scrollTo(0, place);
  }, [side]);
  const choose = (next: Side) => {
    places.current[side] = window.scrollY;
    onChange(next);
  };
  return (
    <>
      <div className="branding-top" ref={top} />
      <div className="branding-switch">
        <ChoiceButtons
          label={t('sides')}
          value={side}
          choices={SIDES.map((value) => ({ value, label: t(value) }))}
          onChange={choose}
        />
      </div>
    </>
  );
}
