import { useLanguage } from '../texts/texts.js';

/** How much of a limit is used. Without a limit it is a number. */
export function Meter({
  label,
  used,
  limit,
  none,
}: {
  readonly label: string;
  readonly used: number;
  readonly limit: number | null;
  readonly none: string;
}) {
  const { language } = useLanguage();
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  return (
    <div className="meter" data-full={(limit !== null && used >= limit) || undefined}>
      <div className="meter-line">
        <span>{label}</span>
        <span className="numbers">
          {number(used)} / {limit === null ? none : number(limit)}
        </span>
      </div>
      {limit !== null && <progress max={Math.max(limit, 1)} value={Math.min(used, limit)} aria-label={label} />}
    </div>
  );
}
