import { perLocale } from './per-locale.js';

const plain = perLocale((locale) => new Intl.NumberFormat(locale));
const percent = perLocale(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
);
const compact = perLocale((locale) => new Intl.NumberFormat(locale, { notation: 'compact' }));

/** "1,234.5" */
export const formatNumber = (value: number): string => plain().format(value);
/** "12K": for axes and tiles. */
export const formatCompact = (value: number): string => compact().format(value);
/** Rounds down, so that 100 % means done. */
export const formatPercent = (share: number): string => percent().format(Math.floor(share * 100) / 100);

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const bytes = perLocale((locale) =>
  units.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        ...{ style: 'unit', unit, maximumFractionDigits: 1 },
        // Short, it has no plural.
        unitDisplay: unit === 'byte' ? 'long' : 'short',
      }),
  ),
);

/** "3.5 MB", in steps of 1000, on one line. */
export function formatBytes(size: number): string {
  const step = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
  return (bytes()[step]?.format(size / 1000 ** step) ?? String(size)).replaceAll(' ', '\u00a0');
}
