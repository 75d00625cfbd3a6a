let chosen: string | null = null;

/** The zone of the browser. */
const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that dates are shown in: the one of the profile, else the browser's. */
export const timeZone = (): string => chosen ?? browserTimeZone();

/** Takes the zone of the profile; null, or one that this browser does not know, leaves the browser's own. */
export function showTimesIn(zone: string | null): void {
  try {
    chosen =
      zone === null ? null : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    chosen = null;
  }
}
