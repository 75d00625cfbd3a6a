import type { CourseContent } from '#libs/contracts/courses';

/** Where in the course a fault is, and which part of the editor shows it. */
export interface FaultPlace {
  /** Names from the outside in; an untitled part is null. */
  readonly path: readonly (string | null)[];
  /** A module, a lesson, or null for the course itself. */
  readonly partId: string | null;
  /** From 1, where the fault is in a question. */
  readonly question: number | null;
}

/** Reads `/content/modules/0/lessons/2/questions/1/prompt` against the draft that it is about. */
export function faultPlace(content: CourseContent, pointer: string): FaultPlace {
  const steps = pointer.split('/').filter((step) => step !== '' && step !== 'content');
  const at = (name: string): number | null => {
    const index = steps.indexOf(name);
    const value = index < 0 ? Number.NaN : Number(steps[index + 1]);
    return Number.isInteger(value) ? value : null;
  };
  const m = at('modules');
  const module = m === null ? undefined : content.modules[m];
  if (module === undefined) return { path: [], partId: null, question: null };
  const l = at('lessons');
  const lesson = l === null ? undefined : module.lessons[l];
  if (lesson === undefined) return { path: [nameOf(module.title)], partId: module.id, question: null };
  const q = at('questions');
  return {
    path: [nameOf(module.title), nameOf(lesson.title)],
    partId: lesson.id,
    question: q === null ? null : q + 1,
  };
}

const nameOf = (title: string): string | null => (title === '' ? null : title);
