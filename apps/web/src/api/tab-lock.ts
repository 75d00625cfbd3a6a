const LOCK = 'harka.session';
const RENEWED_AT = 'harka.session.renewed';
/** A renewal by another tab this recent serves us too. */
const FRESH_MS = 5_000;

export interface Tabs {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Missing on plain-HTTP hosts. */
  readonly locks: { request: (name: string, work: () => Promise<boolean>) => Promise<boolean> } | undefined;
  readonly now: () => number;
}

/**
 * Lets one tab at a time renew the session. A refresh token works once; two tabs that used the same one would look
 * like a stolen token, and the whole session would be ended.
 */
export function oneTabAtATime({
  storage,
  locks,
  now,
}: Tabs): (renew: () => Promise<boolean>) => Promise<boolean> {
  return (renew) => {
    const askedAt = now();
    const renewUnlessDone = async (): Promise<boolean> => {
      const renewedAt = lastRenewal(storage);
      if (renewedAt >= askedAt && now() - renewedAt < FRESH_MS) return true;
      const renewed = await renew();
      if (renewed) rememberRenewal(storage, now());
      return renewed;
    };
    return locks === undefined ? renewUnlessDone() : locks.request(LOCK, renewUnlessDone);
  };
}

function lastRenewal(storage: Tabs['storage']): number {
  try {
    return Number(storage.getItem(RENEWED_AT) ?? 0);
  } catch {
    return 0;
  }
}

function rememberRenewal(storage: Tabs['storage'], at: number): void {
  try {
    storage.setItem(RENEWED_AT, String(at));
  } catch {
    // Without storage each tab renews by itself.
  }
}
