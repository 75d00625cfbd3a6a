import type { CourseContent, Lesson } from '#libs/contracts/courses';

export interface PartDifference {
  readonly title: string;
  readonly kind: 'only_mine' | 'only_theirs' | 'differs';
}

/** What two drafts of one course do not share, lesson by lesson. */
export function differences(mine: CourseContent, theirs: CourseContent): readonly PartDifference[] {
  const own = lessonsById(mine);
  const other = lessonsById(theirs);
  const found: PartDifference[] = [];
  for (const [id, lesson] of own) {
    const twin = other.get(id);
    if (twin === undefined) found.push({ title: lesson.title, kind: 'only_mine' });
    else if (!same(lesson, twin)) found.push({ title: lesson.title, kind: 'differs' });
  }
  for (const [id, lesson] of other) {
    if (!own.has(id)) found.push({ title: lesson.title, kind: 'only_theirs' });
  }
  return found;
}

/** Whether anything differs outside the lessons: title, summary, order of the modules … */
export function frameDiffers(mine: CourseContent, theirs: CourseContent): boolean {
  return !same(frameOf(mine), frameOf(theirs));
}

const frameOf = (content: CourseContent) => ({
  ...content,
  modules: content.modules.map(({ id, title, lessons }) => ({
    id,
    title,
    lessons: lessons.map((lesson) => lesson.id),
  })),
});

const lessonsById = (content: CourseContent): ReadonlyMap<string, Lesson> =>
  new Map(content.modules.flatMap(({ lessons }) => lessons.map((lesson) => [lesson.id, lesson])));

/** Both sides come from JSON of one schema; only the order of members may differ. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => one.localeCompare(other)))
      : member,
  );
}
