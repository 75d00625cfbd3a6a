import type { CourseContent, Lesson, MediaSource, Question } from '#libs/contracts/courses';
import type { Fault } from '#libs/kernel';
import { idsOf, lessonsOf } from './content.js';

/** What keeps a draft from being saved at all: an id that stands for two things. */
export function duplicateIds(content: CourseContent): Fault[] {
  const seen = new Set<string>();
  return idsOf(content).flatMap(({ id, pointer }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [fault(pointer, 'draft.duplicate_id', 'This id is used twice.')];
  });
}

/** What keeps a draft from being published, all of it at once. */
export function gapsIn(content: CourseContent): Fault[] {
  if (content.modules.length === 0) {
    return [fault('/modules', 'course.empty', 'The course has no lesson yet.')];
  }
  return [
    ...content.modules.flatMap((module, m) => [
      ...(module.title === '' ? [untitled(`/modules/${m}/title`)] : []),
      ...(module.lessons.length === 0
        ? [fault(`/modules/${m}/lessons`, 'module.empty', 'This module has no lesson.')]
        : []),
    ]),
    ...lessonsOf(content).flatMap(({ lesson, pointer }) => [
      ...(lesson.title === '' ? [untitled(`${pointer}/title`)] : []),
      ...gapsInLesson(lesson, pointer),
    ]),
  ];
}

function gapsInLesson(lesson: Lesson, at: string): Fault[] {
  switch (lesson.kind) {
    case 'article':
      return lesson.markdown.trim() === ''
        ? [fault(`${at}/markdown`, 'lesson.empty', 'This article says nothing yet.')]
        : [];
    case 'video':
    case 'file':
      return gapsInSource(lesson.source, `${at}/source`);
    case 'quiz':
      if (lesson.questions.length === 0) {
        return [fault(`${at}/questions`, 'quiz.no_questions', 'This quiz asks nothing yet.')];
      }
      return [
        ...lesson.questions.flatMap((question, q) => gapsInQuestion(question, `${at}/questions/${q}`)),
        ...(lesson.questions.every(({ points }) => points === 0)
          ? [fault(`${at}/questions`, 'quiz.no_points', 'No question of this quiz counts.')]
          : []),
      ];
  }
}

function gapsInSource(source: MediaSource | null, at: string): Fault[] {
  return source === null ? [fault(at, 'lesson.no_source', 'Choose a link or a file.')] : [];
}

function gapsInQuestion(question: Question, at: string): Fault[] {
  const faults: Fault[] = [];
  if (question.prompt.trim() === '') {
    faults.push(fault(`${at}/prompt`, 'question.empty', 'The question is missing.'));
  }
  if (question.kind === 'short') {
    if (question.answers.every((answer) => answer === '')) {
      faults.push(fault(`${at}/answers`, 'question.no_right_answer', 'Give at least one right answer.'));
    }
    return faults;
  }
  if (question.options.length < 2) {
    faults.push(fault(`${at}/options`, 'question.too_few_options', 'Give at least two options.'));
  }
  question.options.forEach((option, o) => {
    if (option.text.trim() === '') {
      faults.push(fault(`${at}/options/${o}/text`, 'option.empty', 'This option is empty.'));
    }
  });
  const right = question.options.filter(({ correct }) => correct).length;
  if (right === 0) {
    faults.push(fault(`${at}/options`, 'question.no_right_answer', 'Mark at least one option as right.'));
  }
  if (question.kind === 'single' && right > 1) {
    faults.push(fault(`${at}/options`, 'question.many_right_answers', 'Only one option can be right here.'));
  }
  return faults;
}

function untitled(pointer: string): Fault {
  return fault(pointer, 'title.empty', 'The title is missing.');
}

function fault(pointer: string, code: string, detail: string): Fault {
  return { pointer, code, detail };
}
