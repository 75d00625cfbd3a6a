import type { CourseContent, Lesson, Question, QuizLesson } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';

type ArticleLesson = Extract<Lesson, { kind: 'article' }>;
type ChoiceQuestion = Extract<Question, { kind: 'single' | 'multiple' }>;
type ShortQuestion = Extract<Question, { kind: 'short' }>;

export function anArticle(overrides: Partial<ArticleLesson> = {}): ArticleLesson {
  return {
    id: newId(),
    kind: 'article',
    title: 'Read this',
    minutes: 5,
    markdown: 'Some *words*.',
    ...overrides,
  };
}

export function aVideo(overrides: Partial<Extract<Lesson, { kind: 'video' }>> = {}): Lesson {
  const source = { kind: 'link' as const, url: 'https://videos.example/1.mp4' };
  return {
    id: newId(),
    kind: 'video',
    title: 'Watch this',
    minutes: 3,
    source,
    transcript: '',
    ...overrides,
  };
}

/** Options by text; those that start with a `*` are right. */
export function aChoice(kind: 'single' | 'multiple', ...options: readonly string[]): ChoiceQuestion {
  return {
    id: newId(),
    kind,
    prompt: 'Which one?',
    points: 1,
    explanation: 'Because.',
    options: options.map((text) => ({
      id: newId(),
      text: text.replace(/^\*/, ''),
      correct: text.startsWith('*'),
      feedback: `About ${text.replace(/^\*/, '')}.`,
    })),
  };
}

export function aShortQuestion(...answers: string[]): ShortQuestion {
  return { id: newId(), kind: 'short', prompt: 'Say it.', points: 1, explanation: 'Because.', answers };
}

export function aQuiz(overrides: Partial<QuizLesson> = {}): QuizLesson {
  return {
    ...{ id: newId(), kind: 'quiz', title: 'Answer this', minutes: 4, intro: '' },
    ...{ passMark: 50, attempts: 0, shuffle: false },
    questions: [aChoice('single', '*yes', 'no')],
    ...overrides,
  };
}

/** A course of one module with the given lessons. */
export function aContent(lessons: readonly Lesson[], overrides: Partial<CourseContent> = {}): CourseContent {
  return {
    ...{ title: 'Fire safety', summary: 'What to do.', language: 'en', estimatedMinutes: 0 },
    ...{ certificate: true, tags: [], cover: null },
    modules: [{ id: newId(), title: 'All of it', lessons: [...lessons] }],
    ...overrides,
  };
}

/** The ids of the right options. */
export function rightOptions(question: ChoiceQuestion): string[] {
  return question.options.filter(({ correct }) => correct).map(({ id }) => id);
}
