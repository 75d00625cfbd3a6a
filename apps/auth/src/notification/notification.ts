import type {
  MailFrequency,
  NotificationDetails,
  NotificationKind,
  NotificationPreference,
} from '#libs/contracts/auth';

/** Something that somebody is told, because of an event. */
export interface Notice {
  readonly eventId: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly details: NotificationDetails;
  readonly at: Date;
}

/** Somebody who may be told something. */
export interface Recipient {
  readonly userId: string;
  readonly status: string;
  readonly timeZone: string | null;
  readonly preferences: readonly NotificationPreference[];
}

/** A notice as it is kept. */
export interface KeptNotice extends Notice {
  readonly id: string;
  readonly inApp: boolean;
  readonly mailAt: Date | null;
}

const defaults: Readonly<Record<NotificationKind, Omit<NotificationPreference, 'kind'>>> = {
  assigned: { inApp: true, email: 'now' },
  renewed: { inApp: true, email: 'now' },
  due_soon: { inApp: true, email: 'now' },
  overdue: { inApp: true, email: 'now' },
  escalated: { inApp: true, email: 'now' },
  certificate_issued: { inApp: true, email: 'off' },
  course_updated: { inApp: true, email: 'off' },
};

/** One of each kind: what was chosen, else the default. */
export function allPreferences(chosen: readonly NotificationPreference[]): NotificationPreference[] {
  const known = new Map(chosen.map((preference) => [preference.kind, preference]));
  return (Object.keys(defaults) as NotificationKind[]).map(
    (kind) => known.get(kind) ?? { kind, ...defaults[kind] },
  );
}

/** Mails that are wanted at once wait so long for others: three courses that one rule assigns are one mail. */
const TOGETHER_MS = 30_000;
/** What is older than this, as when a log is read anew, is no news any more. */
const MAILED_FOR_MS = 24 * 3_600_000;
const KEPT_FOR_MS = 180 * 24 * 3_600_000;

/** How the notice reaches the person; null where it does not. */
export function deliver(notice: Notice, recipient: Recipient, now: Date): Omit<KeptNotice, 'id'> | null {
  if (recipient.status === 'deactivated') return null;
  const age = now.getTime() - notice.at.getTime();
  if (age > KEPT_FOR_MS) return null;
  const preference = allPreferences(recipient.preferences).find(({ kind }) => kind === notice.kind);
  const { inApp = true, email = 'off' } = preference ?? {};
  // Who has not accepted the invitation could not follow the link.
  const isMailed = recipient.status === 'active' && age <= MAILED_FOR_MS;
  const mailAt = isMailed ? mailTimeOf(email, recipient.timeZone, now) : null;
  return inApp || mailAt !== null ? { ...notice, inApp, mailAt } : null;
}

function mailTimeOf(email: MailFrequency, timeZone: string | null, now: Date): Date | null {
  switch (email) {
    case 'now':
      return new Date(now.getTime() + TOGETHER_MS);
    case 'daily':
      return nextMorning(now, timeZone ?? 'UTC');
    case 'off':
      return null;
  }
}

const HOUR_MS = 3_600_000;
const DIGEST_HOUR = 7;

/** The next time that it is seven in the morning there. */
export function nextMorning(now: Date, timeZone: string): Date {
  const hourIn = hoursOf(timeZone);
  const start = Math.floor(now.getTime() / (HOUR_MS / 4)) + 1;
  // Quarters of an hour: zones are apart by no less, and clocks that change are met as they are.
  for (let quarter = start; quarter < start + 4 * 26; quarter += 1) {
    const at = new Date(quarter * (HOUR_MS / 4));
    if (hourIn(at) === DIGEST_HOUR) return at;
  }
  return new Date(now.getTime() + 24 * HOUR_MS);
}

/** The hour where the minute is 0, else null. */
function hoursOf(timeZone: string): (at: Date) => number | null {
  const format = formatIn(timeZone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return parts.get('minute') === 0 ? (parts.get('hour') ?? null) : null;
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const options = { hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
  }
}
