const LOCK = 'harka.session';
const RENEWED_AT = 'harka.session.renewed';
/** A renewal by another tab this recent serves us too. */
const FRESH_MS = 5_000;

/**
 * Lets one tab at a time renew the session. A refresh token works once; two tabs that used the same one would look
 * like a stolen token, and the whole session would be ended.
 */
export async function renewInOneTab(renew: () => Promise<boolean>): Promise<boolean> {
  const askedAt = Date.now();
  const renewUnlessDone = async (): Promise<boolean> => {
    const renewedAt = lastRenewal();
    if (renewedAt >= askedAt && Date.now() - renewedAt < FRESH_MS) return true;
    const renewed = await renew();
    if (renewed) rememberRenewal();
    return renewed;
  };
  return 'locks' in navigator ? navigator.locks.request(LOCK, renewUnlessDone) : renewUnlessDone();
}

function lastRenewal(): number {
  try {
    return Number(localStorage.getItem(RENEWED_AT) ?? 0);
  } catch {
    return 0;
  }
}

function rememberRenewal(): void {
  try {
    localStorage.setItem(RENEWED_AT, String(Date.now()));
  } catch {
    // Without storage each tab renews by itself.
  }
}
