import { longText, text } from '#libs/contracts';
import { z } from 'zod';
import type { Issues } from './issues.js';
import type { Located } from './yaml-file.js';

// 72 and 3.5 are as good an answer as "72": YAML tells them apart, authors do not.
const scalar = z.union([z.string(), z.number().transform(String)]);
const words = (most: number) => scalar.pipe(longText(most)).pipe(z.string().trim().min(1));

const option = z.strictObject({
  text: words(1000),
  correct: z.boolean().default(false),
  feedback: longText(1000).default(''),
});
const asked = {
  prompt: words(2000),
  points: z.int().min(0).max(100).default(1),
  explanation: longText(4000).default(''),
};
const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('single'), options: z.array(option).max(20) }),
  z.strictObject({ ...asked, kind: z.literal('multiple'), options: z.array(option).max(20) }),
  z.strictObject({ ...asked, kind: z.literal('short'), answers: z.array(scalar.pipe(text(1, 200))).max(20) }),
]);

export const quiz = z.strictObject({
  title: text(1, 200),
  minutes: z.int().min(0).max(600).default(0),
  intro: longText(20_000).default(''),
  passMark: z.int().min(0).max(100).default(80),
  attempts: z.int().min(0).max(100).default(0),
  shuffle: z.boolean().default(false),
  questions: z.array(question).min(1).max(200),
});
export type Quiz = z.output<typeof quiz>;
type Question = Quiz['questions'][number];

/** Can every question be answered, and answered rightly? */
export function checkQuestions(file: string, { value, at }: Located<Quiz>, issues: Issues): void {
  value.questions.forEach((asking, index) => {
    const fault = faultOf(asking);
    if (fault !== null) issues.add(file, at('questions', index), fault);
  });
}

function faultOf(asking: Question): { code: string; detail: string; help: string } | null {
  if (asking.kind === 'short') {
    return asking.answers.length > 0
      ? null
      : {
          code: 'answer_missing',
          detail: 'The question has no right answer.',
          help: 'Add at least one entry to answers.',
        };
  }
  const correct = asking.options.filter((option) => option.correct).length;
  if (asking.options.length < 2) {
    return {
      code: 'options_too_few',
      detail: `The question has ${asking.options.length} options.`,
      help: 'Give at least two options to choose from.',
    };
  }
  if (correct === 0) {
    return {
      code: 'answer_missing',
      detail: 'No option is marked as correct.',
      help: `Add "correct: true" to ${asking.kind === 'single' ? 'the right option' : 'every right option'}.`,
    };
  }
  if (asking.kind === 'single' && correct > 1) {
    return {
      code: 'answers_too_many',
      detail: `${correct} options are marked as correct, but only one can be chosen.`,
      help: 'Leave one of them, or make the question kind: multiple.',
    };
  }
  return null;
}
