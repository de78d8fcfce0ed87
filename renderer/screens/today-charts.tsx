/** The drawings: hours as bars before last week's dashed outlines, and the wallets' shares in patterns. Readable without colour. */
import type { ReactElement } from 'react';
import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis, type BarShapeProps } from 'recharts';
import type { Currency } from '../../core/contract/types.ts';
import { amountText, makeAmount } from '../../core/money/amount.ts';
import { currencyDecimals } from '../../core/money/currency.ts';
import type { HourBar, Share } from '../machine/day-sums.ts';
import { WalletMark, type PaidBy } from '../parts/wallet.tsx';
import { countText } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';

interface HourChartProps {
  readonly bars: readonly HourBar[];
  readonly busiest: string | null;
  readonly currency: Currency;
  readonly what: 'takings' | 'sales';
}

/** Room above the tallest bar for its figure. */
const margin = { top: 24, right: 0, bottom: 0, left: 0 };
const tick = { fill: 'var(--ink2)', fontSize: 16 };
/** With more hours than this the figures stand upright: beside each other they would not fit. */
const upright = 16;
/** A day of one hour has a bar as wide as any other day's: a wall of ink would read as much more than it is. */
const widest = 72;

export function HourChart({ bars, busiest, currency, what }: HourChartProps): ReactElement {
  const unit = 10 ** currencyDecimals(currency);
  // Whole units above the bars: the exact sums stand in the table.
  const figure = (value: unknown): string => (typeof value !== 'number' || value === 0 ? '' : countText(what === 'sales' ? value : Math.round(value / unit)));
  const most = Math.max(1, ...bars.flatMap(({ now, before }) => [now, before]));
  const tall = bars.length > upright;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={bars.map((bar) => ({ ...bar, busiest: bar.hour === busiest }))} margin={tall ? { ...margin, top: 52 } : margin} barCategoryGap={tall ? 4 : 5} accessibilityLayer={false}>
        <XAxis dataKey="hour" tickFormatter={(hour: string) => String(Number(hour))} tickLine={false} axisLine={{ stroke: 'var(--ink)', strokeWidth: 2 }} tick={tick} interval={0} height={26} />
        <XAxis dataKey="hour" xAxisId="before" hide />
        <YAxis domain={[0, most]} hide />
        <Bar dataKey="before" xAxisId="before" maxBarSize={widest} isAnimationActive={false} shape={Before} />
        <Bar dataKey="now" maxBarSize={widest} isAnimationActive={false} shape={Now}>
          <LabelList dataKey="now" position="top" offset={tall ? 24 : 6} angle={tall ? -90 : 0} formatter={figure} className="bar-figure" fill="var(--ink)" />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

/** The same hour a week before: an outline only, so that it never counts as this day's. */
function Before({ x, y, width, height }: BarShapeProps): ReactElement | null {
  return height <= 0 ? null : <rect x={x + 1} y={y} width={width - 2} height={height} fill="none" stroke="var(--ink3)" strokeWidth="2" strokeDasharray="4 3" />;
}

function Now({ x, y, width, height, payload }: BarShapeProps): ReactElement | null {
  const { busiest } = payload as { readonly busiest: boolean };
  const inset = width > 30 ? 5 : 3;
  return height <= 0 ? null : <rect x={x + inset} y={y} width={width - inset * 2} height={height} fill={busiest ? 'var(--ink)' : 'var(--edge)'} />;
}

/** As many patterns as there are ways to pay; each differs from its neighbours in grey, too. */
const patterns = ['solid', 'lines', 'dots', 'cross', 'bare'] as const;

export function ShareChart({ parts, currency }: { readonly parts: readonly Share[]; readonly currency: Currency }): ReactElement {
  const { t } = useWords();
  const data = [Object.fromEntries(parts.map(({ key, minor }) => [key, minor]))];
  return (
    <div className="share-chart">
      <div className="share-bar" aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={data} layout="vertical" stackOffset="expand" margin={{ top: 1, right: 1, bottom: 1, left: 1 }} accessibilityLayer={false}>
            <defs><Patterns /></defs>
            <XAxis type="number" hide domain={[0, 1]} />
            <YAxis type="category" hide width={0} />
            {parts.map(({ key }, index) => (
              <Bar key={key} dataKey={key} stackId="all" isAnimationActive={false} fill={fillOf(index)} stroke="var(--ink)" strokeWidth={1.5} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ul className="share-list">
        {parts.map(({ key, minor, percent }, index) => (
          <li key={key}>
            <svg width="26" height="26" aria-hidden="true"><rect x="1" y="1" width="24" height="24" fill={fillOf(index)} stroke="var(--ink)" strokeWidth="1.5" /></svg>
            <WalletMark wallet={key as PaidBy} size={25} />
            <span>{t(`wallet.${key as PaidBy}`)}</span>
            <b>{t('today.share', { percent })}</b>
            <span className="share-sum">{amountText(makeAmount(minor, currency))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function fillOf(index: number): string {
  const pattern = patterns[index % patterns.length] ?? 'bare';
  return pattern === 'solid' ? 'var(--ink)' : `url(#share-${pattern})`;
}

function Patterns(): ReactElement {
  return (
    <>
      <pattern id="share-lines" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="var(--paper)" /><rect width="4" height="8" fill="var(--ink)" /></pattern>
      <pattern id="share-dots" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="var(--paper)" /><circle cx="4" cy="4" r="2" fill="var(--ink)" /></pattern>
      <pattern id="share-cross" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9" fill="var(--paper)" /><path d="M0 4.5h9M4.5 0v9" stroke="var(--ink)" strokeWidth="1.5" /></pattern>
      <pattern id="share-bare" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="var(--paper)" /></pattern>
    </>
  );
}
