import { lessonsOf } from '../content/content.js';
import type { CourseContent, Lesson } from '#libs/contracts/courses';
import type { Enrolment } from '../enrolment/enrolment.js';
import type { LessonProgress } from './lesson-progress.js';
import {
  LearningRepository,
  type Attempt,
  type AttemptCount,
  type OpenPlace,
  type Place,
  type Tally,
} from './learning.repository.js';

/** Versions by `course/number`; what is saved is what is found. */
export class FakeLearningRepository extends LearningRepository {
  readonly enrolments = new Map<string, Enrolment>();
  readonly versions = new Map<string, CourseContent>();
  readonly progress = new Map<string, LessonProgress>();
  readonly attempts = new Map<string, Attempt[]>();
  /** By `enrolment/lesson`. */
  readonly granted = new Map<string, number>();

  async hold(enrolmentId: string, userId: string, lessonId: string): Promise<Place | null> {
    const enrolment = this.own(enrolmentId, userId);
    const lesson = enrolment && this.lessonsOf(enrolment).find(({ id }) => id === lessonId);
    const content = enrolment && this.contentOf(enrolment);
    if (enrolment === undefined || lesson === undefined || content === undefined) return null;
    const { title, language, certificate } = content;
    const progress = this.progress.get(`${enrolmentId}/${lessonId}`) ?? null;
    return { enrolment, lesson, progress, course: { title, language, certificate } };
  }

  async open(enrolmentId: string, userId: string, lessonId: string): Promise<OpenPlace | null> {
    const place = await this.hold(enrolmentId, userId, lessonId);
    if (place === null) return null;
    const { lesson, enrolment, progress } = place;
    const ids = this.lessonsOf(enrolment).map(({ id }) => id);
    const attempts = this.attempts.get(`${enrolmentId}/${lessonId}`) ?? [];
    return {
      ...{ enrolmentId, courseId: enrolment.courseId, lesson },
      ...{ state: progress?.state ?? 'not_started', positionSeconds: progress?.positionSeconds ?? 0 },
      previousLessonId: ids[ids.indexOf(lessonId) - 1] ?? null,
      nextLessonId: ids[ids.indexOf(lessonId) + 1] ?? null,
      attempts: {
        used: attempts.length,
        granted: this.granted.get(`${enrolmentId}/${lessonId}`) ?? 0,
        bestScore: attempts.length === 0 ? null : Math.max(...attempts.map(({ score }) => score)),
        passed: attempts.some(({ passed }) => passed),
        last: attempts.at(-1) ?? null,
      },
    };
  }

  async saveProgress(enrolmentId: string, progress: LessonProgress): Promise<void> {
    this.progress.set(`${enrolmentId}/${progress.lessonId}`, progress);
  }

  async tally(enrolment: Enrolment): Promise<Tally> {
    const isDone = ({ id }: Lesson) => this.progress.get(`${enrolment.id}/${id}`)?.state === 'completed';
    const lessons = this.lessonsOf(enrolment);
    return {
      lessonsCompleted: lessons.filter(isDone).length,
      nextLessonId: lessons.find((lesson) => !isDone(lesson))?.id ?? null,
    };
  }

  async saveEnrolment(enrolment: Enrolment): Promise<void> {
    this.enrolments.set(enrolment.id, enrolment);
  }

  async attemptsCounted(enrolmentId: string, lessonId: string): Promise<AttemptCount> {
    const place = `${enrolmentId}/${lessonId}`;
    const used = this.attempts.get(place)?.length ?? 0;
    return { used, lastNumber: used, granted: this.granted.get(place) ?? 0 };
  }

  async addAttempt(enrolmentId: string, lessonId: string, attempt: Attempt): Promise<void> {
    const key = `${enrolmentId}/${lessonId}`;
    this.attempts.set(key, [...(this.attempts.get(key) ?? []), attempt]);
  }

  private own(enrolmentId: string, userId: string): Enrolment | undefined {
    const enrolment = this.enrolments.get(enrolmentId);
    return enrolment?.userId === userId && enrolment.status !== 'withdrawn' ? enrolment : undefined;
  }

  private contentOf({ courseId, version }: Enrolment): CourseContent | undefined {
    return this.versions.get(`${courseId}/${version}`);
  }

  private lessonsOf(enrolment: Enrolment): Lesson[] {
    const content = this.contentOf(enrolment);
    return content === undefined ? [] : lessonsOf(content).map(({ lesson }) => lesson);
  }
}
