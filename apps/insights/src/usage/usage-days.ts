/** What a day came to, as far as it was measured. */
export interface UsageDay {
  /** yyyy-mm-dd (UTC). */
  readonly day: string;
  readonly people: number;
  readonly activePeople: number;
  readonly storageBytes: number;
}

/** The usage of the current tenant, day by day. */
export abstract class UsageDays {
  /** Measures today; `activeSince` and `today` are days. */
  abstract measure(activeSince: string, today: string): Promise<void>;

  /** The measured days from `from` on, and the last one before it. */
  abstract since(from: string): Promise<readonly UsageDay[]>;
}

/** `count` days up to today, the oldest first, as yyyy-mm-dd. */
export function daysUpTo(today: Date, count: number): string[] {
  const day = 86_400_000;
  return Array.from({ length: count }, (_, index) =>
    new Date(today.getTime() - (count - 1 - index) * day).toISOString().slice(0, 10),
  );
}

/** Every day with what was measured last by then: a day on which nothing changed has no row of its own. */
export function filled(days: readonly string[], measured: readonly UsageDay[]): (UsageDay | null)[] {
  const sorted = measured.toSorted((a, b) => a.day.localeCompare(b.day));
  return days.map((day) => sorted.findLast((known) => known.day <= day) ?? null);
}
