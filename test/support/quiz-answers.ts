import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const quiz = z.object({
  questions: z.array(
    z.object({
      kind: z.enum(['single', 'multiple', 'short']),
      prompt: z.string(),
      options: z.array(z.object({ text: z.string(), correct: z.boolean() })).default([]),
      answers: z.array(z.string()).default([]),
    }),
  ),
});

/** The right answers of every quiz of a demo academy, by the text of the question: what a learner would know by then. */
export function rightAnswers(slug: string): ReadonlyMap<string, readonly string[]> {
  const folder = join('deploy', 'demo', slug, 'courses');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.quiz.yaml'),
  );
  const questions = files.flatMap(
    (name) => quiz.parse(parse(readFileSync(join(folder, name), 'utf8'))).questions,
  );
  return new Map(
    questions.map(({ kind, prompt, options, answers }) => [
      prompt,
      kind === 'short'
        ? answers.slice(0, 1)
        : options.filter(({ correct }) => correct).map(({ text }) => text),
    ]),
  );
}
