import type { CourseContent, CourseModule, Lesson, LessonKind } from '#libs/contracts/courses';

/** Every change of a draft is a new draft; nothing here knows of pages or servers. */
export type Edit = (content: CourseContent) => CourseContent;

export const edited =
  (changes: Partial<CourseContent>): Edit =>
  (content) => ({ ...content, ...changes });

export const editModule =
  (moduleId: string, change: (module: CourseModule) => CourseModule): Edit =>
  (content) => ({
    ...content,
    modules: content.modules.map((module) => (module.id === moduleId ? change(module) : module)),
  });

export const editLesson =
  (lessonId: string, change: (lesson: Lesson) => Lesson): Edit =>
  (content) => ({
    ...content,
    modules: content.modules.map((module) => ({
      ...module,
      lessons: module.lessons.map((lesson) => (lesson.id === lessonId ? change(lesson) : lesson)),
    })),
  });

export const addModule =
  (id: string): Edit =>
  (content) => ({ ...content, modules: [...content.modules, { id, title: '', lessons: [] }] });

export const addLesson = (moduleId: string, lesson: Lesson): Edit =>
  editModule(moduleId, (module) => ({ ...module, lessons: [...module.lessons, lesson] }));

export function newLesson(kind: LessonKind, id: string, newId: () => string): Lesson {
  const titled = { id, title: '', minutes: 0 };
  switch (kind) {
    case 'article':
      return { ...titled, kind, markdown: '' };
    case 'video':
      return { ...titled, kind, source: null, transcript: '' };
    case 'file':
      return { ...titled, kind, source: null, description: '' };
    case 'quiz':
      return {
        ...titled,
        kind,
        intro: '',
        passMark: 80,
        attempts: 0,
        shuffle: false,
        questions: [newQuestion('single', newId)],
      };
  }
}

type Question = Extract<Lesson, { kind: 'quiz' }>['questions'][number];

export function newQuestion(kind: Question['kind'], newId: () => string): Question {
  const asked = { id: newId(), prompt: '', points: 1, explanation: '' };
  if (kind === 'short') return { ...asked, kind, answers: [''] };
  return { ...asked, kind, options: [newOption(newId), newOption(newId)] };
}

export const newOption = (newId: () => string) => ({ id: newId(), text: '', correct: false, feedback: '' });

/** The question with another kind; what fits both kinds is kept. */
export function withKind(question: Question, kind: Question['kind'], newId: () => string): Question {
  if (question.kind === kind) return question;
  const { id, prompt, points, explanation } = question;
  const asked = { id, prompt, points, explanation };
  if (kind === 'short') {
    const right = question.kind === 'short' ? [] : question.options.filter(({ correct }) => correct);
    return {
      ...asked,
      kind,
      answers: right.length === 0 ? [''] : right.map(({ text }) => text.slice(0, 200)),
    };
  }
  const options = question.kind === 'short' ? [newOption(newId), newOption(newId)] : question.options;
  if (kind === 'multiple') return { ...asked, kind, options };
  const first = options.findIndex(({ correct }) => correct);
  return {
    ...asked,
    kind,
    options: options.map((option, index) => ({ ...option, correct: index === first })),
  };
}

export type Direction = 'up' | 'down';

/** The list with one item a place further; the same list where it cannot go further. */
export function moved<T extends { readonly id: string }>(items: T[], id: string, direction: Direction): T[] {
  const from = items.findIndex((item) => item.id === id);
  const to = direction === 'up' ? from - 1 : from + 1;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

export const moveModule =
  (moduleId: string, direction: Direction): Edit =>
  (content) => ({ ...content, modules: moved(content.modules, moduleId, direction) });

/** A lesson at the edge of its module goes over into the next one. */
export const moveLesson =
  (lessonId: string, direction: Direction): Edit =>
  (content) => {
    const from = content.modules.findIndex((module) => module.lessons.some(({ id }) => id === lessonId));
    const module = content.modules[from];
    if (module === undefined) return content;
    const lessons = moved(module.lessons, lessonId, direction);
    if (lessons !== module.lessons) return editModule(module.id, (own) => ({ ...own, lessons }))(content);
    const neighbour = content.modules[direction === 'up' ? from - 1 : from + 1];
    const lesson = module.lessons.find(({ id }) => id === lessonId);
    if (neighbour === undefined || lesson === undefined) return content;
    return {
      ...content,
      modules: content.modules.map((own) => {
        if (own.id === module.id) return { ...own, lessons: own.lessons.filter(({ id }) => id !== lessonId) };
        if (own.id !== neighbour.id) return own;
        return { ...own, lessons: direction === 'up' ? [...own.lessons, lesson] : [lesson, ...own.lessons] };
      }),
    };
  };

/** What was taken out, and where it stood: enough to put it back. */
export type Removal =
  | { readonly kind: 'module'; readonly module: CourseModule; readonly index: number }
  | { readonly kind: 'lesson'; readonly lesson: Lesson; readonly moduleId: string; readonly index: number };

export function removalOf(content: CourseContent, id: string): Removal | null {
  for (const [index, module] of content.modules.entries()) {
    if (module.id === id) return { kind: 'module', module, index };
    const place = module.lessons.findIndex((lesson) => lesson.id === id);
    const lesson = module.lessons[place];
    if (lesson !== undefined) return { kind: 'lesson', lesson, moduleId: module.id, index: place };
  }
  return null;
}

export const remove =
  (removal: Removal): Edit =>
  (content) =>
    removal.kind === 'module'
      ? { ...content, modules: content.modules.filter(({ id }) => id !== removal.module.id) }
      : editModule(removal.moduleId, (module) => ({
          ...module,
          lessons: module.lessons.filter(({ id }) => id !== removal.lesson.id),
        }))(content);

export const putBack =
  (removal: Removal): Edit =>
  (content) =>
    removal.kind === 'module'
      ? { ...content, modules: content.modules.toSpliced(removal.index, 0, removal.module) }
      : editModule(removal.moduleId, (module) => ({
          ...module,
          lessons: module.lessons.toSpliced(removal.index, 0, removal.lesson),
        }))(content);

export function findLesson(content: CourseContent, lessonId: string): Lesson | null {
  return content.modules.flatMap(({ lessons }) => lessons).find(({ id }) => id === lessonId) ?? null;
}

export type Where = 'before' | 'after';

/** The list with one item put beside another; the same list where that says nothing new. */
export function placed<T extends { readonly id: string }>(
  items: T[],
  id: string,
  besideId: string,
  where: Where,
): T[] {
  const item = items.find((own) => own.id === id);
  if (item === undefined || id === besideId) return items;
  const rest = items.filter((own) => own.id !== id);
  const at = rest.findIndex((own) => own.id === besideId);
  if (at < 0) return items;
  const next = rest.toSpliced(where === 'before' ? at : at + 1, 0, item);
  return next.every((own, index) => own.id === items[index]?.id) ? items : next;
}

export const placeModule =
  (moduleId: string, besideId: string, where: Where): Edit =>
  (content) => ({ ...content, modules: placed(content.modules, moduleId, besideId, where) });

/** Beside a lesson of any module. */
export const placeLesson =
  (lessonId: string, besideId: string, where: Where): Edit =>
  (content) => {
    const lesson = findLesson(content, lessonId);
    if (lesson === null || lessonId === besideId || findLesson(content, besideId) === null) return content;
    return {
      ...content,
      modules: content.modules.map((module) => {
        const lessons = module.lessons.filter(({ id }) => id !== lessonId);
        const at = lessons.findIndex(({ id }) => id === besideId);
        if (at < 0) return lessons.length === module.lessons.length ? module : { ...module, lessons };
        return { ...module, lessons: lessons.toSpliced(where === 'before' ? at : at + 1, 0, lesson) };
      }),
    };
  };

/** To the beginning of a module, which may be empty. */
export const placeLessonIn =
  (lessonId: string, moduleId: string): Edit =>
  (content) => {
    const lesson = findLesson(content, lessonId);
    if (lesson === null) return content;
    return {
      ...content,
      modules: content.modules.map((module) => {
        const lessons = module.lessons.filter(({ id }) => id !== lessonId);
        return { ...module, lessons: module.id === moduleId ? [lesson, ...lessons] : lessons };
      }),
    };
  };

/** A part and where it stands among its like, from 1. */
export function standingOf(
  content: CourseContent,
  id: string,
): { readonly title: string; readonly number: number; readonly of: number } | null {
  const lists = [content.modules, ...content.modules.map(({ lessons }) => lessons)];
  for (const list of lists) {
    const index = list.findIndex((part) => part.id === id);
    const part = list[index];
    if (part !== undefined) return { title: part.title, number: index + 1, of: list.length };
  }
  return null;
}
