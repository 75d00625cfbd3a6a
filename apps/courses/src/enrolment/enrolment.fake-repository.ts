import type { Enrolment } from './enrolment.js';
import { EnrolmentRepository, type EnrolmentRound } from './enrolment.repository.js';

interface OpenCourse {
  readonly version: number;
  readonly lessons: readonly string[];
  readonly externalKey: string | null;
}

export class FakeEnrolmentRepository extends EnrolmentRepository {
  readonly open = new Map<string, OpenCourse>();
  readonly enrolments = new Map<string, Enrolment>();

  async holdOpenCourse(courseId: string): Promise<boolean> {
    return this.open.has(courseId);
  }

  async titleOf(): Promise<string> {
    return 'Fire safety';
  }

  async courseIdsByKey(externalKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(
      [...this.open].flatMap(([id, { externalKey }]) =>
        externalKey !== null && externalKeys.includes(externalKey) ? [[externalKey, id]] : [],
      ),
    );
  }

  async enrol({ courseId, learners, source, enrolledAt }: EnrolmentRound): Promise<Enrolment[]> {
    const course = this.open.get(courseId);
    if (course === undefined) return [];
    return learners.flatMap(({ id, userId, dueAt }) => {
      const known = this.of(courseId, userId);
      if (known !== undefined && known.status !== 'withdrawn') return [];
      const enrolment: Enrolment = {
        ...{ id, courseId, userId, version: course.version, certificateId: null },
        ...{ lessonsTotal: course.lessons.length, lessonsCompleted: 0 },
        ...{ nextLessonId: course.lessons[0] ?? null, startedAt: null, completedAt: null },
        ...known,
        ...{ source, dueAt, enrolledAt },
        status: (known?.startedAt ?? null) === null ? 'not_started' : 'in_progress',
      };
      this.enrolments.set(enrolment.id, enrolment);
      return [enrolment];
    });
  }

  async ofLearners(courseId: string, userIds: readonly string[]): Promise<Enrolment[]> {
    return userIds.flatMap((userId) => {
      const enrolment = this.of(courseId, userId);
      return enrolment === undefined || enrolment.status === 'withdrawn' ? [] : [enrolment];
    });
  }

  async reschedule(courseId: string, due: ReadonlyMap<string, Date>): Promise<Enrolment[]> {
    return [...due].flatMap(([userId, dueAt]) => {
      const enrolment = this.of(courseId, userId);
      if (enrolment === undefined || enrolment.status === 'completed') return [];
      const moved = { ...enrolment, dueAt };
      this.enrolments.set(moved.id, moved);
      return [moved];
    });
  }

  async lock(enrolmentId: string): Promise<Enrolment | null> {
    return this.enrolments.get(enrolmentId) ?? null;
  }

  async withdraw(enrolmentId: string): Promise<void> {
    const enrolment = this.enrolments.get(enrolmentId);
    if (enrolment !== undefined) this.enrolments.set(enrolmentId, { ...enrolment, status: 'withdrawn' });
  }

  private of(courseId: string, userId: string): Enrolment | undefined {
    return [...this.enrolments.values()].find(
      (enrolment) => enrolment.courseId === courseId && enrolment.userId === userId,
    );
  }
}
