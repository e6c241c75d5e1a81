import { useElementSize } from '@mantine/hooks';
import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { useLanguage } from '../texts/texts.js';
import type { Bucket } from './day-buckets.js';
import './day-chart.css';

export interface Series<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly tone: 'main' | 'bad';
}

interface DayChartProps<Name extends string> {
  readonly title: string;
  /** Stacked, the first one at the bottom. */
  readonly series: readonly Series<Name>[];
  readonly buckets: readonly Bucket<Name>[];
  /** How one moves from day to day, for those who do not see the bars. */
  readonly hint: string;
}

const HEIGHT = 152;
const MARGIN = { top: 8, right: 0, bottom: 22 };
/** A character of a label is seldom wider, in pixels. */
const LETTER = 7;
const LABEL_GAP = 6;
const MOST_LABELS_AT = 72;

/** Counts by day as stacked bars. One day at a time is read out: under the pointer, or by the arrow keys. */
export function DayChart<Name extends string>({ title, series, buckets, hint }: DayChartProps<Name>) {
  const { language } = useLanguage();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const [headId, hintId] = [useId(), useId()];
  const format = new Intl.NumberFormat(language);
  const axis = countAxis(buckets, series, language);
  const read = at === undefined ? undefined : buckets[at];
  const shown = read?.counts ?? sumOf(buckets, series);
  const days = read && daysText(read, language);
  const move = (event: KeyboardEvent) => {
    const to = stepOf(event.key, at, buckets.length);
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
  };
  return (
    <figure className="day-chart" aria-labelledby={headId}>
      <figcaption>
        <span id={headId} className="day-chart-title">
          {title}
        </span>
        <span className="soft numbers">{days}</span>
      </figcaption>
      <ul className="day-chart-legend">
        {series.map(({ name, label, tone }) => (
          <li key={name}>
            <i data-tone={tone} aria-hidden="true" />
            <strong className="numbers">{format.format(shown[name])}</strong> {label}
          </li>
        ))}
      </ul>
      <div
        ref={ref}
        className="day-chart-plot"
        role="slider"
        tabIndex={0}
        aria-labelledby={headId}
        aria-describedby={hintId}
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={at ?? buckets.length - 1}
        aria-valuetext={spoken(read ?? buckets.at(-1), series, language)}
        onKeyDown={move}
        onBlur={() => setAt(undefined)}
        // A finger leaves as soon as it is lifted, and what it tapped is to be read then.
        onPointerLeave={({ pointerType }) => pointerType !== 'touch' && setAt(undefined)}
        onPointerCancel={() => setAt(undefined)}
        onPointerDown={(event) => setAt(bucketUnder(event, axis.width, buckets.length))}
        onPointerMove={(event) => setAt(bucketUnder(event, axis.width, buckets.length))}
      >
        {width > 0 && <Plot width={width} axis={axis} series={series} buckets={buckets} at={at} />}
      </div>
      <span id={hintId} className="visually-hidden">
        {hint}
      </span>
    </figure>
  );
}

/** Of the counts, beside the bars. */
interface CountAxis {
  readonly scale: ReturnType<typeof scaleLinear<number>>;
  readonly ticks: readonly number[];
  readonly label: (count: number) => string;
  /** In pixels, as the longest label needs it. */
  readonly width: number;
}

function countAxis<Name extends string>(
  buckets: readonly Bucket<Name>[],
  series: readonly Series<Name>[],
  language: string,
): CountAxis {
  const most = Math.max(4, ...buckets.map(({ counts }) => series.reduce((sum, { name }) => sum + counts[name], 0)));
  const scale = scaleLinear<number>({ domain: [0, most], range: [HEIGHT - MARGIN.bottom, MARGIN.top], nice: 4 });
  const ticks = scale.ticks(4).filter(Number.isInteger);
  const compact = new Intl.NumberFormat(language, { notation: 'compact' });
  const label = (count: number) => compact.format(count);
  return { scale, ticks, label, width: LABEL_GAP + LETTER * Math.max(...ticks.map((tick) => label(tick).length)) };
}

interface PlotProps<Name extends string> extends Pick<DayChartProps<Name>, 'series' | 'buckets'> {
  readonly width: number;
  readonly axis: CountAxis;
  readonly at: number | undefined;
}

function Plot<Name extends string>({ width, axis, series, buckets, at }: PlotProps<Name>) {
  const { language } = useLanguage();
  const x = scaleBand({
    domain: buckets.map(({ from }) => from),
    range: [axis.width, width - MARGIN.right],
    padding: 0.25,
  });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const labels = Math.max(1, Math.floor((width - axis.width) / MOST_LABELS_AT));
  const every = Math.ceil(buckets.length / labels);
  // Counted from the last day, which is the one people look for.
  const labelled = buckets.filter((_, index) => (buckets.length - 1 - index) % every === 0).map(({ from }) => from);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" focusable="false">
      <AxisLeft
        scale={axis.scale}
        left={axis.width}
        tickValues={[...axis.ticks]}
        tickFormat={(value) => axis.label(Number(value))}
        tickLength={0}
        tickLineProps={{ x2: width - axis.width, className: 'day-chart-line' }}
        tickLabelProps={{ className: 'day-chart-label', textAnchor: 'end', dx: -LABEL_GAP, dy: 4 }}
        hideAxisLine
      />
      {buckets.map((bucket, index) => (
        <Stack
          key={bucket.from}
          bucket={bucket}
          series={series}
          x={x(bucket.from) ?? 0}
          width={x.bandwidth()}
          y={axis.scale}
          isRead={at === undefined ? undefined : index === at}
        />
      ))}
      <AxisBottom
        scale={x}
        top={HEIGHT - MARGIN.bottom}
        tickValues={labelled}
        tickFormat={(from) => day.format(new Date(from))}
        tickLabelProps={(from, index, ticks) => ({
          className: 'day-chart-label',
          // The last one would stand out at the edge.
          textAnchor: index === ticks.length - 1 ? 'end' : 'middle',
          dx: index === ticks.length - 1 ? x.bandwidth() / 2 : 0,
        })}
        hideTicks
        axisClassName="day-chart-axis"
      />
    </svg>
  );
}

function Stack<Name extends string>(props: {
  readonly bucket: Bucket<Name>;
  readonly series: readonly Series<Name>[];
  readonly x: number;
  readonly width: number;
  readonly y: (count: number) => number;
  readonly isRead: boolean | undefined;
}) {
  const { bucket, series, x, width, y, isRead } = props;
  let below = 0;
  return (
    <g data-read={isRead}>
      {series.map(({ name, tone }) => {
        const from = below;
        below += bucket.counts[name];
        const height = y(from) - y(below);
        // One of ten thousand is still something.
        const seen = bucket.counts[name] > 0 ? Math.max(height, 1.5) : 0;
        return <Bar key={name} x={x} width={width} y={y(from) - seen} height={seen} data-tone={tone} />;
      })}
    </g>
  );
}

function sumOf<Name extends string>(
  buckets: readonly Bucket<Name>[],
  series: readonly Series<Name>[],
): Readonly<Record<Name, number>> {
  const sums = series.map(({ name }) => [name, buckets.reduce((sum, { counts }) => sum + counts[name], 0)]);
  return Object.fromEntries(sums) as Record<Name, number>;
}

function bucketUnder({ currentTarget, clientX }: PointerEvent, axis: number, count: number): number | undefined {
  const { left, width } = currentTarget.getBoundingClientRect();
  const part = (clientX - left - axis) / (width - axis - MARGIN.right);
  return part < 0 || part >= 1 ? undefined : Math.floor(part * count);
}

function stepOf(key: string, at: number | undefined, count: number): number | undefined {
  const now = at ?? count - 1;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(0, now - 1);
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(count - 1, now + 1);
  if (key === 'PageDown') return Math.max(0, now - 7);
  if (key === 'PageUp') return Math.min(count - 1, now + 7);
  return key === 'Home' ? 0 : key === 'End' ? count - 1 : undefined;
}

function spoken<Name extends string>(
  bucket: Bucket<Name> | undefined,
  series: readonly Series<Name>[],
  language: string,
): string {
  if (!bucket) return '';
  const format = new Intl.NumberFormat(language);
  const counts = series.map(({ name, label }) => `${format.format(bucket.counts[name])} ${label}`);
  return `${daysText(bucket, language)}: ${counts.join(', ')}`;
}

function daysText({ from, to }: Pick<Bucket<never>, 'from' | 'to'>, language: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return from === to ? format.format(new Date(from)) : format.formatRange(new Date(from), new Date(to));
}
