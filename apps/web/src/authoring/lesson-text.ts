import type { Lesson, MediaSource, Question } from '#libs/contracts/courses';

/** A lesson as text to be read and compared; ✓ and ○ tell right options from wrong ones. */
export function lessonText(lesson: Lesson): string {
  const head = lesson.minutes === 0 ? lesson.title : `${lesson.title} · ${lesson.minutes}′`;
  switch (lesson.kind) {
    case 'article':
      return joined(head, lesson.markdown);
    case 'video':
      return joined(head, addressOf(lesson.source), lesson.transcript);
    case 'file':
      return joined(head, addressOf(lesson.source), lesson.description);
    case 'quiz':
      return joined(
        head,
        `${lesson.passMark} % · ${lesson.attempts === 0 ? '∞' : lesson.attempts}`,
        lesson.intro,
        ...lesson.questions.map((question, index) => `${index + 1}. ${questionText(question)}`),
      );
  }
}

function questionText(question: Question): string {
  const answers =
    question.kind === 'short'
      ? question.answers.map((answer) => `✓ ${answer}`)
      : question.options.map(
          ({ text, correct, feedback }) =>
            `${correct ? '✓' : '○'} ${text}${feedback === '' ? '' : ` — ${feedback}`}`,
        );
  return [question.prompt, ...answers, question.explanation].filter((line) => line !== '').join('\n');
}

function addressOf(source: MediaSource | null): string {
  if (source === null) return '';
  return source.kind === 'link' ? source.url : `media:${source.mediaId}`;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
