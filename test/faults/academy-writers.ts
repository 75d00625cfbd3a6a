import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  AssignmentResult,
  AttemptOutcome,
  AuthoredCourse,
  CourseOutline,
  CourseVersion,
  Draft,
  Enrolment,
  LessonProgressResult,
} from '#libs/contracts/courses';
import type { Answer, Call, Site } from '../support/platform.js';

/** What the platform said it has done. */
export interface Acknowledged {
  /** Titles of courses that were asked for once, however often the request had to be sent. */
  readonly courses: { readonly id: string; readonly title: string }[];
  readonly drafts: { readonly courseId: string; readonly revision: number }[];
  readonly versions: CourseVersion[];
  readonly enrolments: Pick<Enrolment, 'enrolmentId' | 'userId' | 'courseId'>[];
  readonly lessons: { readonly enrolmentId: string; readonly lessonId: string }[];
  readonly attempts: {
    readonly enrolmentId: string;
    readonly lessonId: string;
    readonly attempt: number;
    readonly score: number;
  }[];
}

/** Anything that is not a success, and is none that a fault explains. */
type Fault = string;

const RETRY_AFTER_MS = 100;

/**
 * People at work: an author who writes and publishes, a manager who assigns, learners who learn. Each goes on through
 * whatever happens to the platform, asks again where no answer came, and writes down every answer that did come.
 */
export class AcademyWriters {
  readonly acknowledged: Acknowledged = {
    courses: [],
    drafts: [],
    versions: [],
    enrolments: [],
    lessons: [],
    attempts: [],
  };
  /** Answers that no outage excuses. */
  readonly faults: Fault[] = [];
  private readonly published: string[] = [];
  private going = true;
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly author: Site,
    private readonly learners: readonly Site[],
    private readonly people: readonly string[],
  ) {}

  begin(): void {
    const turns = [
      this.publishCourses(),
      this.assign(),
      ...this.learners.map(async (one) => this.learn(one)),
    ];
    this.work = Promise.all(turns);
  }

  /** Lets everybody finish what they are at. */
  async end(): Promise<void> {
    this.going = false;
    await this.work;
  }

  get count(): number {
    const { courses, drafts, versions, enrolments, lessons, attempts } = this.acknowledged;
    return [courses, drafts, versions, enrolments, lessons, attempts].flat().length;
  }

  private async publishCourses(): Promise<void> {
    for (let number = 1; this.going; number += 1) {
      const title = `Course ${number}`;
      const course = await this.insist<AuthoredCourse>(this.author, {
        method: 'POST',
        path: '/api/v1/courses',
        headers: { 'idempotency-key': randomUUID() },
        body: { title, language: 'en' },
      });
      if (course === undefined) return;
      this.acknowledged.courses.push({ id: course.id, title });
      const path = `/api/v1/courses/${course.id}`;
      const draft = await this.insist<Draft>(this.author, {
        method: 'PUT',
        path: `${path}/draft`,
        headers: { 'if-match': `"${course.draftRevision}"`, 'idempotency-key': randomUUID() },
        body: { content: contentOf(title) },
      });
      if (draft === undefined) return;
      this.acknowledged.drafts.push({ courseId: course.id, revision: draft.revision });
      const version = await this.insist<CourseVersion>(this.author, {
        method: 'POST',
        path: `${path}/publish`,
        headers: { 'if-match': `"${draft.revision}"`, 'idempotency-key': randomUUID() },
      });
      if (version === undefined) return;
      this.acknowledged.versions.push(version);
      this.published.push(course.id);
      await delay(50);
    }
  }

  private async assign(): Promise<void> {
    for (let next = 0; this.going; next += 1) {
      const courseId = this.published[Math.floor(next / this.people.length)];
      const userId = this.people[next % this.people.length];
      if (courseId === undefined || userId === undefined) {
        next -= 1;
        await delay(RETRY_AFTER_MS);
        continue;
      }
      const result = await this.insist<AssignmentResult>(this.author, {
        method: 'POST',
        path: `/api/v1/courses/${courseId}/assignments`,
        body: { userIds: [userId] },
      });
      const enrolmentId = result?.outcomes[0]?.enrolmentId;
      if (typeof enrolmentId === 'string') {
        this.acknowledged.enrolments.push({ enrolmentId, userId, courseId });
      }
    }
  }

  private async learn(learner: Site): Promise<void> {
    for (let next = 0; this.going; next += 1) {
      const courseId = this.published[next];
      if (courseId === undefined) {
        next -= 1;
        await delay(RETRY_AFTER_MS);
        continue;
      }
      const enrolment = await this.insist<Enrolment | Pick<Enrolment, 'enrolmentId'>>(
        learner,
        { method: 'POST', path: `/api/v1/courses/${courseId}/enrolments` },
        // The answer to an earlier request was lost, or the author was quicker: it is there all the same.
        alreadyEnrolled,
      );
      if (enrolment === undefined) return;
      if ('userId' in enrolment) this.acknowledged.enrolments.push(enrolment);
      await this.takeCourse(learner, enrolment.enrolmentId);
    }
  }

  private async takeCourse(learner: Site, enrolmentId: string): Promise<void> {
    const path = `/api/v1/me/courses/${enrolmentId}`;
    const outline = await this.insist<CourseOutline>(learner, { path });
    for (const { id, kind } of outline?.modules.flatMap(({ lessons }) => lessons) ?? []) {
      const of = { enrolmentId, lessonId: id };
      if (kind === 'quiz') {
        const outcome = await this.insist<AttemptOutcome>(learner, {
          method: 'POST',
          path: `${path}/lessons/${id}/attempts`,
          headers: { 'idempotency-key': randomUUID() },
          body: { answers: [] },
        });
        if (outcome !== undefined) {
          this.acknowledged.attempts.push({ ...of, attempt: outcome.attempt, score: outcome.score });
        }
      } else {
        const result = await this.insist<LessonProgressResult>(learner, {
          method: 'PUT',
          path: `${path}/lessons/${id}/progress`,
          body: { state: 'completed' },
        });
        if (result?.state === 'completed') this.acknowledged.lessons.push(of);
      }
    }
  }

  /** Asks until there is an answer; undefined when the day is over first, or the answer is a refusal. */
  private async insist<T>(
    site: Site,
    call: Call,
    asGood: (answer: Answer) => boolean = () => false,
  ): Promise<T | undefined> {
    while (this.going) {
      const answer = await site.call(call).catch(() => undefined);
      if (answer !== undefined && (answer.status < 300 || asGood(answer))) return answer.json as T;
      if (answer !== undefined && !isOutage(answer)) {
        this.faults.push(
          `${call.method ?? 'GET'} ${call.path}: ${answer.status} ${answer.text.slice(0, 300)}`,
        );
        return undefined;
      }
      await delay(RETRY_AFTER_MS);
    }
    return undefined;
  }
}

function alreadyEnrolled({ status, json }: Answer): boolean {
  return status === 409 && (json as { code?: unknown }).code === 'enrolment.already_enrolled';
}

/** What may be said while a part is away: that it is, and when to come back. */
export function isOutage({ status, headers, json }: Answer): boolean {
  const { code } = (json ?? {}) as { code?: unknown };
  return (
    status === 503 &&
    typeof code === 'string' &&
    String(headers['content-type']).startsWith('application/problem+json') &&
    Number(headers['retry-after']) > 0
  );
}

function contentOf(title: string) {
  const article = (name: string) => ({ kind: 'article', title: name, markdown: `${name} of *${title}*.` });
  return {
    title,
    summary: `What ${title} is about.`,
    modules: [
      { title: 'First', lessons: [article('Beginning'), article('Middle')] },
      {
        title: 'Second',
        lessons: [
          {
            kind: 'quiz',
            title: 'Check',
            passMark: 0,
            questions: [
              {
                kind: 'single',
                prompt: 'Which?',
                options: [
                  { text: 'This', correct: true },
                  { text: 'That', correct: false },
                ],
              },
            ],
          },
          article('End'),
        ],
      },
    ],
  };
}
