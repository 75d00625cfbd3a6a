import { stepAt, type Deadline } from './deadline.js';
import { Deadlines } from './deadline.repository.js';

export class FakeDeadlines extends Deadlines {
  readonly refreshed: string[] = [];
  readonly waiting = new Map<string, Deadline>();

  async refresh(enrolmentIds: readonly string[]): Promise<void> {
    this.refreshed.push(...enrolmentIds);
  }

  async take(now: Date, limit: number): Promise<Deadline[]> {
    return [...this.waiting.values()].filter(({ nextAt }) => nextAt <= now).slice(0, limit);
  }

  async advance(taken: readonly Deadline[], now: Date): Promise<void> {
    for (const deadline of taken) {
      const { enrolmentId, dueAt, reminders, escalateAfterDays, open } = deadline;
      const days = [...reminders, ...(escalateAfterDays === null ? [] : [escalateAfterDays])];
      const later = days.map((day) => stepAt(dueAt, day)).filter((at) => at > now);
      const [nextAt] = later.sort((a, b) => a.getTime() - b.getTime());
      if (open && nextAt !== undefined) this.waiting.set(enrolmentId, { ...deadline, nextAt });
      else this.waiting.delete(enrolmentId);
    }
  }
}
