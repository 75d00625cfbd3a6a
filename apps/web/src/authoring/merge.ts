import { applyPatch, createPatch } from 'diff';
import type { CourseContent, CourseModule, Lesson } from '#libs/contracts/courses';
import { same } from './draft-compare.js';
import { lessonText } from './lesson-text.js';

export type Side = 'mine' | 'theirs' | 'both';

/** Something that both have changed, each in another way; the author decides. */
export interface Conflict {
  /** The id of a lesson or a module, or the name of a field of the course. */
  readonly key: string;
  readonly kind: 'lesson' | 'module' | 'course';
  readonly title: string;
  /** What each of them says, to be read; null where it was taken out. */
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** How both can be kept: as one text with the changes of both, as two lessons, or not at all. */
  readonly both: 'combined' | 'two_lessons' | null;
}

export interface Merge {
  readonly conflicts: readonly Conflict[];
  /** Changes of theirs that get in the way of none of mine: they are taken over. */
  readonly taken: number;
  /** One draft of both; without a choice, theirs stands, and mine beside it where that is possible. */
  readonly resolve: (choices: ReadonlyMap<string, Side>, newId: () => string) => CourseContent;
}

type Header = Omit<CourseContent, 'modules'>;
interface Place {
  readonly lesson: Lesson;
  readonly moduleId: string;
}

/** What two authors made of the draft that both began with. */
export function mergeDrafts(base: CourseContent, mine: CourseContent, theirs: CourseContent): Merge {
  const sides = { base: lessonsOf(base), mine: lessonsOf(mine), theirs: lessonsOf(theirs) };
  const modules = { base: modulesOf(base), mine: modulesOf(mine), theirs: modulesOf(theirs) };
  const conflicts = [
    ...headerConflicts(base, mine, theirs),
    ...moduleConflicts(modules),
    ...lessonConflicts(sides),
  ];
  return {
    conflicts,
    taken: countTaken(base, mine, theirs),
    resolve: (choices, newId) => {
      const chosen = (key: string): Side => choices.get(key) ?? 'both';
      return {
        ...mergedHeader(base, mine, theirs, chosen),
        modules: mergedModules({ mine, theirs, sides, modules, chosen, newId }),
      };
    },
  };
}

const lessonsOf = (content: CourseContent): ReadonlyMap<string, Place> =>
  new Map(
    content.modules.flatMap(({ id, lessons }) =>
      lessons.map((lesson): [string, Place] => [lesson.id, { lesson, moduleId: id }]),
    ),
  );
const modulesOf = (content: CourseContent): ReadonlyMap<string, CourseModule> =>
  new Map(content.modules.map((module) => [module.id, module]));

/** Who of two has changed something; null: both, and differently. */
function changer(base: unknown, mine: unknown, theirs: unknown): 'mine' | 'theirs' | null {
  if (same(mine, theirs) || same(base, mine)) return 'theirs';
  return same(base, theirs) ? 'mine' : null;
}

const headerFields = [
  ...['title', 'summary', 'language', 'estimatedMinutes', 'certificate', 'tags', 'cover'],
] as (keyof Header)[];

function headerConflicts(base: Header, mine: Header, theirs: Header): Conflict[] {
  return headerFields
    .filter((field) => changer(base[field], mine[field], theirs[field]) === null)
    .map((field) => ({
      ...{ key: field, kind: 'course', title: field, both: null },
      ...{ base: textOf(base[field]), mine: textOf(mine[field]), theirs: textOf(theirs[field]) },
    }));
}

function textOf(value: Header[keyof Header]): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return value.kind === 'link' ? value.url : `media:${value.mediaId}`;
  if (typeof value === 'boolean') return value ? '✓' : '○';
  return String(value);
}

function mergedHeader(
  base: CourseContent,
  mine: CourseContent,
  theirs: CourseContent,
  chosen: (key: string) => Side,
): Header {
  const merged: Record<string, unknown> = {};
  for (const field of headerFields) {
    const side = changer(base[field], mine[field], theirs[field]) ?? chosen(field);
    merged[field] = (side === 'mine' ? mine : theirs)[field];
  }
  return merged as unknown as Header;
}

interface Sides<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

function moduleConflicts({ base, mine, theirs }: Sides<ReadonlyMap<string, CourseModule>>): Conflict[] {
  return [...mine].flatMap(([id, own]): Conflict[] => {
    const [first, other] = [base.get(id), theirs.get(id)];
    if (first === undefined || other === undefined) return [];
    if (changer(first.title, own.title, other.title) !== null) return [];
    return [
      {
        ...{ key: id, kind: 'module', title: own.title, both: null },
        ...{ base: first.title, mine: own.title, theirs: other.title },
      },
    ];
  });
}

function lessonConflicts({ base, mine, theirs }: Sides<ReadonlyMap<string, Place>>): Conflict[] {
  const ids = [...new Set([...mine.keys(), ...theirs.keys(), ...base.keys()])];
  return ids.flatMap((id): Conflict[] => {
    const [first, own, other] = [base.get(id)?.lesson, mine.get(id)?.lesson, theirs.get(id)?.lesson];
    if (changer(first, own, other) !== null) return [];
    return [
      {
        ...{ key: id, kind: 'lesson', title: own?.title ?? other?.title ?? '' },
        base: first === undefined ? null : lessonText(first),
        mine: own === undefined ? null : lessonText(own),
        theirs: other === undefined ? null : lessonText(other),
        both:
          own === undefined || other === undefined
            ? null
            : combined(first, own, other) === null
              ? 'two_lessons'
              : 'combined',
      },
    ];
  });
}

/** My changes on top of theirs, where they touch other lines of the text and nothing else differs. */
function combined(base: Lesson | undefined, mine: Lesson, theirs: Lesson): Lesson | null {
  if (base?.kind !== 'article' || mine.kind !== 'article' || theirs.kind !== 'article') return null;
  const title = changer(base.title, mine.title, theirs.title);
  const minutes = changer(base.minutes, mine.minutes, theirs.minutes);
  if (title === null || minutes === null) return null;
  const patch = createPatch('lesson', ended(base.markdown), ended(mine.markdown), '', '', { context: 1 });
  const markdown = applyPatch(ended(theirs.markdown), patch);
  if (markdown === false) return null;
  return {
    ...theirs,
    title: (title === 'mine' ? mine : theirs).title,
    minutes: (minutes === 'mine' ? mine : theirs).minutes,
    markdown: markdown.replace(/\n$/, ''),
  };
}

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

interface Parts {
  readonly mine: CourseContent;
  readonly theirs: CourseContent;
  readonly sides: Sides<ReadonlyMap<string, Place>>;
  readonly modules: Sides<ReadonlyMap<string, CourseModule>>;
  readonly chosen: (key: string) => Side;
  readonly newId: () => string;
}

/** The order is mine where I have changed it, else theirs; what only one of us has is put after what it stood after. */
function mergedModules({ mine, theirs, sides, modules, chosen, newId }: Parts): CourseModule[] {
  const outcome = (id: string): Lesson[] => {
    const [first, own, other] = [sides.base, sides.mine, sides.theirs].map((side) => side.get(id)?.lesson);
    const side = changer(first, own, other);
    const picked = side ?? chosen(id);
    if (picked === 'mine') return own === undefined ? [] : [own];
    if (picked === 'theirs') return other === undefined ? [] : [other];
    if (own === undefined) return other === undefined ? [] : [other];
    if (other === undefined) return [own];
    const one = combined(first, own, other);
    return one === null ? [other, { ...own, id: newId() }] : [one];
  };
  const orderChanged = !same(shapeOf(mine), shapeOf({ modules: [...modules.base.values()] }));
  const [frame, rest] = orderChanged ? [mine, theirs] : [theirs, mine];
  const placed = new Map<string, string[]>();
  const order = withMissing(
    frame.modules.map(({ id }) => id),
    rest.modules.map(({ id }) => id),
    () => true,
  ).filter((id) => keepsModule(id, modules, sides));
  const seen = new Set<string>();
  for (const id of order) {
    const own = frame.modules.find((module) => module.id === id)?.lessons ?? [];
    placed.set(
      id,
      own.map((lesson) => lesson.id),
    );
    for (const lesson of own) seen.add(lesson.id);
  }
  for (const module of rest.modules) {
    const into = placed.get(module.id) ?? placed.get(order.at(-1) ?? '') ?? [];
    const missing = module.lessons.filter(({ id }) => !seen.has(id));
    const next = withMissing(
      into,
      module.lessons.map(({ id }) => id),
      (id) => missing.some((lesson) => lesson.id === id),
    );
    if (placed.has(module.id)) placed.set(module.id, next);
    for (const { id } of missing) seen.add(id);
  }
  return order.map((id) => ({
    id,
    title: mergedTitle(id, modules, chosen),
    lessons: (placed.get(id) ?? []).flatMap(outcome),
  }));
}

function mergedTitle(
  id: string,
  { base, mine, theirs }: Sides<ReadonlyMap<string, CourseModule>>,
  chosen: (key: string) => Side,
): string {
  const [first, own, other] = [base.get(id)?.title, mine.get(id)?.title, theirs.get(id)?.title];
  if (own === undefined || other === undefined) return own ?? other ?? '';
  const side = changer(first, own, other) ?? chosen(id);
  return side === 'mine' ? own : other;
}

/** A module stays unless somebody took it out, and then too while a lesson in it is still wanted. */
function keepsModule(
  id: string,
  { base, mine, theirs }: Sides<ReadonlyMap<string, CourseModule>>,
  sides: Sides<ReadonlyMap<string, Place>>,
): boolean {
  if (!base.has(id) || (mine.has(id) && theirs.has(id))) return true;
  const left = (mine.get(id) ?? theirs.get(id))?.lessons ?? [];
  return left.some((lesson) => {
    const first = sides.base.get(lesson.id)?.lesson;
    return first === undefined || !same(first, lesson);
  });
}

/** `order` with what only `other` has, each after what it stands after there. */
function withMissing(order: string[], other: string[], wanted: (id: string) => boolean): string[] {
  const result = [...order];
  other.forEach((id, index) => {
    if (result.includes(id) || !wanted(id)) return;
    const before = other.slice(0, index).findLast((earlier) => result.includes(earlier));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  });
  return result;
}

const shapeOf = ({ modules }: Pick<CourseContent, 'modules'>) =>
  modules.map(({ id, lessons }) => [id, lessons.map((lesson) => lesson.id)]);

function countTaken(base: CourseContent, mine: CourseContent, theirs: CourseContent): number {
  const [first, own, other] = [lessonsOf(base), lessonsOf(mine), lessonsOf(theirs)];
  const ids = new Set([...first.keys(), ...other.keys()]);
  const lessons = [...ids].filter((id) => {
    const [a, b, c] = [first, own, other].map((side) => side.get(id)?.lesson);
    return !same(a, c) && !same(b, c) && changer(a, b, c) === 'theirs';
  });
  const fields = headerFields.filter(
    (field) => !same(base[field], theirs[field]) && same(base[field], mine[field]),
  );
  return lessons.length + fields.length;
}
