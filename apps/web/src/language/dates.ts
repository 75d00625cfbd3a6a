import { perLocale } from './per-locale.js';
import { locale } from './speech.js';
import { timeZone } from './time-zone.js';

type Style = 'day' | 'shortDay' | 'moment' | 'time' | 'zoned';

const styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  day: { dateStyle: 'long' },
  shortDay: { dateStyle: 'medium' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
  zoned: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  },
};

const made = new Map<string, Intl.DateTimeFormat>();

function formatter(style: Style): Intl.DateTimeFormat {
  const key = `${style} ${locale()} ${timeZone()}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = new Intl.DateTimeFormat(locale(), { ...styles[style], timeZone: timeZone() });
  made.set(key, fresh);
  return fresh;
}

/** "10 March 2026" */
export const formatDay = (iso: string): string => formatter('day').format(new Date(iso));
/** "10 Mar 2026" */
export const formatShortDay = (iso: string): string => formatter('shortDay').format(new Date(iso));
/** "10 Mar 2026, 14:05" */
export const formatMoment = (iso: string): string => formatter('moment').format(new Date(iso));
/** To the second and with its zone, where one must be able to compare: "10 Mar 2026, 14:05:09 CET" */
export const formatZonedMoment = (iso: string): string => formatter('zoned').format(new Date(iso));
export const formatTime = (date: Date): string => formatter('time').format(date);

const relative = perLocale((of) => new Intl.RelativeTimeFormat(of, { numeric: 'auto' }));

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 days ago", "in 2 weeks"; anything under a minute is "now". */
export function formatAgo(iso: string, now: Date = new Date()): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative().format(Math.trunc(seconds / size), unit);
  }
  return relative().format(0, 'second');
}
