import type {
  CourseContent,
  CourseContentInput,
  Lesson,
  LessonKind,
  MediaSource,
} from '#libs/contracts/courses';
import { newId } from '#libs/kernel';

/** Where a lesson stands in the content, as the beginning of an RFC 6901 pointer. */
export interface PlacedLesson {
  readonly lesson: Lesson;
  readonly pointer: string;
}

/** A course's content in order, apart from what the lessons hold. */
export type Outline = readonly {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: LessonKind;
    readonly minutes: number;
  }[];
}[];

export type CourseHeader = Omit<CourseContent, 'modules'>;

export function emptyContent(title: string, language: string): CourseContent {
  return {
    title,
    language,
    summary: '',
    estimatedMinutes: 0,
    certificate: true,
    tags: [],
    cover: null,
    modules: [],
  };
}

/** Gives an id to all that has none yet. */
export function withIds(content: CourseContentInput): CourseContent {
  const identified = <T extends { id?: string | undefined }>(thing: T): T & { id: string } => ({
    ...thing,
    id: thing.id ?? newId(),
  });
  return {
    ...content,
    modules: content.modules.map((module) => ({
      ...identified(module),
      lessons: module.lessons.map((lesson) => {
        if (lesson.kind !== 'quiz') return identified(lesson);
        return {
          ...identified(lesson),
          questions: lesson.questions.map((question) =>
            question.kind === 'short'
              ? identified(question)
              : { ...identified(question), options: question.options.map(identified) },
          ),
        };
      }),
    })),
  };
}

/** Every id with the pointer to it, in order. */
export function idsOf(content: CourseContent): { id: string; pointer: string }[] {
  return content.modules.flatMap((module, m) => [
    { id: module.id, pointer: `/modules/${m}/id` },
    ...module.lessons.flatMap((lesson, l) => idsOfLesson(lesson, `/modules/${m}/lessons/${l}`)),
  ]);
}

function idsOfLesson(lesson: Lesson, at: string): { id: string; pointer: string }[] {
  const own = { id: lesson.id, pointer: `${at}/id` };
  if (lesson.kind !== 'quiz') return [own];
  const inner = lesson.questions.flatMap((question, q) => {
    const options = question.kind === 'short' ? [] : question.options;
    return [
      { id: question.id, pointer: `${at}/questions/${q}/id` },
      ...options.map(({ id }, o) => ({ id, pointer: `${at}/questions/${q}/options/${o}/id` })),
    ];
  });
  return [own, ...inner];
}

export function lessonsOf(content: CourseContent): PlacedLesson[] {
  return content.modules.flatMap((module, m) =>
    module.lessons.map((lesson, l) => ({ lesson, pointer: `/modules/${m}/lessons/${l}` })),
  );
}

export function outlineOf(content: CourseContent): Outline {
  return content.modules.map(({ id, title, lessons }) => ({
    id,
    title,
    lessons: lessons.map((lesson) => ({
      id: lesson.id,
      title: lesson.title,
      kind: lesson.kind,
      minutes: lesson.minutes,
    })),
  }));
}

/** The minutes that the author says, else the sum over the lessons. */
export function minutesOf({ estimatedMinutes, modules }: CourseContent): number {
  if (estimatedMinutes > 0) return estimatedMinutes;
  return modules.flatMap(({ lessons }) => lessons).reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Where a browser gets it: a path on the tenant's own host for what the tenant stores itself. */
export function urlOf(source: MediaSource): string {
  return source.kind === 'link' ? source.url : mediaUrl(source.mediaId);
}

export function mediaUrl(mediaId: string): string {
  return `/api/v1/media/${mediaId}/content`;
}
