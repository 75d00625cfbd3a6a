import type {
  CourseComparison,
  CourseContent,
  CourseModule,
  FieldChange,
  Lesson,
  MediaSource,
  Question,
} from '#libs/contracts/courses';
import { diffArrays } from 'diff';
import { textParts } from './text-parts.js';

type ModuleChange = CourseComparison['modules'][number];
type LessonChange = ModuleChange['lessons'][number];
type Fields = Readonly<Partial<Record<FieldChange['field'], string>>>;

interface Place {
  readonly lesson: Lesson;
  readonly module: CourseModule;
}
type Places = ReadonlyMap<string, Place>;

/** What differs between two states of one course: by id, so that what was renamed or moved is still itself. */
export function compareContents(before: CourseContent, after: CourseContent): CourseComparison {
  const old = placesOf(before);
  const present = placesOf(after);
  const oldModules = new Map(before.modules.map((module) => [module.id, module]));
  const moved = movedAmong(before.modules, after.modules);
  const kept = new Set(after.modules.map(({ id }) => id));
  const modules = [
    ...after.modules.map((module) => ({
      ...compareModule(oldModules.get(module.id), module, old, present),
      moved: moved.has(module.id),
    })),
    ...before.modules.filter(({ id }) => !kept.has(id)).map((module) => removedModule(module, present)),
  ];
  const parts = [...modules, ...modules.flatMap(({ lessons }) => lessons)];
  const count = (matches: (part: ModuleChange | LessonChange) => boolean) => parts.filter(matches).length;
  return {
    fields: fieldChanges(courseFields(before), courseFields(after)),
    modules,
    counts: {
      added: count(({ change }) => change === 'added'),
      removed: count(({ change }) => change === 'removed'),
      changed: count(({ change }) => change === 'changed'),
      moved: count((part) => part.moved),
    },
  };
}

function placesOf(content: CourseContent): Places {
  return new Map(
    content.modules.flatMap((module) =>
      module.lessons.map((lesson): [string, Place] => [lesson.id, { lesson, module }]),
    ),
  );
}

function compareModule(
  before: CourseModule | undefined,
  after: CourseModule,
  old: Places,
  present: Places,
): ModuleChange {
  const fields = before === undefined ? [] : fieldChanges({ title: before.title }, { title: after.title });
  const moved = movedAmong(before?.lessons ?? [], after.lessons);
  const lessons = after.lessons.map((lesson) =>
    compareLesson(old.get(lesson.id), { lesson, module: after }, moved.has(lesson.id)),
  );
  // What went to another module is told there.
  const gone = (before?.lessons ?? []).filter(({ id }) => !present.has(id)).map(removedLesson);
  return {
    id: after.id,
    title: after.title,
    change: before === undefined ? 'added' : fields.length > 0 ? 'changed' : 'same',
    moved: false,
    fields,
    lessons: [...lessons, ...gone],
  };
}

function compareLesson(before: Place | undefined, after: Place, movedWithin: boolean): LessonChange {
  const { id, title, kind } = after.lesson;
  if (before === undefined) {
    return { id, title, kind, change: 'added', moved: false, from: null, fields: [] };
  }
  const fields = [
    ...fieldChanges(lessonFields(before.lesson), lessonFields(after.lesson)),
    ...questionChanges(questionsOf(before.lesson), questionsOf(after.lesson)),
  ];
  const from = before.module.id === after.module.id ? null : before.module.title;
  return {
    ...{ id, title, kind, fields, from },
    change: fields.length > 0 ? 'changed' : 'same',
    moved: movedWithin || from !== null,
  };
}

function removedModule({ id, title, lessons }: CourseModule, present: Places): ModuleChange {
  const gone = lessons.filter((lesson) => !present.has(lesson.id)).map(removedLesson);
  return { id, title, change: 'removed', moved: false, fields: [], lessons: gone };
}

function removedLesson({ id, title, kind }: Lesson): LessonChange {
  return { id, title, kind, change: 'removed', moved: false, from: null, fields: [] };
}

/** The ids on both sides that had to move so that one order becomes the other: as few as possible. */
function movedAmong(before: readonly { id: string }[], after: readonly { id: string }[]): Set<string> {
  const had = new Set(before.map(({ id }) => id));
  const has = new Set(after.map(({ id }) => id));
  const one = before.map(({ id }) => id).filter((id) => has.has(id));
  const other = after.map(({ id }) => id).filter((id) => had.has(id));
  return new Set(diffArrays(one, other).flatMap(({ added, value }) => (added ? value : [])));
}

function fieldChanges(before: Fields, after: Fields, question: number | null = null): FieldChange[] {
  const names = Object.keys({ ...before, ...after }) as FieldChange['field'][];
  return names.flatMap((field) => {
    const parts = textParts(before[field] ?? '', after[field] ?? '');
    return parts.length === 0 ? [] : [{ field, question, parts }];
  });
}

function courseFields(content: CourseContent): Fields {
  return {
    title: content.title,
    summary: content.summary,
    language: content.language,
    estimatedMinutes: String(content.estimatedMinutes),
    certificate: markOf(content.certificate),
    tags: content.tags.join(', '),
    cover: addressOf(content.cover),
  };
}

function lessonFields(lesson: Lesson): Fields {
  const shared = { title: lesson.title, kind: lesson.kind, minutes: String(lesson.minutes) };
  switch (lesson.kind) {
    case 'article':
      return { ...shared, markdown: lesson.markdown };
    case 'video':
      return { ...shared, source: addressOf(lesson.source), transcript: lesson.transcript };
    case 'file':
      return { ...shared, source: addressOf(lesson.source), description: lesson.description };
    case 'quiz':
      return {
        ...shared,
        intro: lesson.intro,
        passMark: `${lesson.passMark} %`,
        attempts: lesson.attempts === 0 ? '∞' : String(lesson.attempts),
        shuffle: markOf(lesson.shuffle),
      };
  }
}

function questionsOf(lesson: Lesson): readonly Question[] {
  return lesson.kind === 'quiz' ? lesson.questions : [];
}

function questionChanges(before: readonly Question[], after: readonly Question[]): FieldChange[] {
  const moved = movedAmong(before, after);
  const present = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((question, index): FieldChange[] => {
      const old = before.find(({ id }) => id === question.id);
      const number = index + 1;
      if (old === undefined) {
        return [{ field: 'question', question: number, parts: textParts('', asText(question)) }];
      }
      const order: FieldChange[] = moved.has(question.id)
        ? [
            {
              field: 'order',
              question: number,
              parts: textParts(String(before.indexOf(old) + 1), String(number)),
            },
          ]
        : [];
      return [...order, ...fieldChanges(questionFields(old), questionFields(question), number)];
    }),
    ...before.flatMap((question, index): FieldChange[] =>
      present.has(question.id)
        ? []
        : [{ field: 'question', question: index + 1, parts: textParts(asText(question), '') }],
    ),
  ].filter(({ parts }) => parts.length > 0);
}

function questionFields(question: Question): Fields {
  return {
    prompt: question.prompt,
    kind: question.kind,
    points: String(question.points),
    ...(question.kind === 'short'
      ? { answers: question.answers.join('\n') }
      : { options: optionsAsText(question) }),
    explanation: question.explanation,
  };
}

function asText(question: Question): string {
  const { prompt, options = '', answers = '', explanation = '' } = questionFields(question);
  // A question without a word is still a question.
  return [prompt, options, answers, explanation].filter((text) => text !== '').join('\n') || '?';
}

function optionsAsText({ options }: Extract<Question, { kind: 'single' | 'multiple' }>): string {
  return options
    .map(
      ({ text, correct, feedback }) => `${markOf(correct)} ${text}${feedback === '' ? '' : ` — ${feedback}`}`,
    )
    .join('\n');
}

function markOf(value: boolean): string {
  return value ? '✓' : '○';
}

function addressOf(source: MediaSource | null): string {
  if (source === null) return '';
  return source.kind === 'link' ? source.url : `media:${source.mediaId}`;
}
