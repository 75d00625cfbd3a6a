import { type MessageKey, t } from '../language/t.js';

const known: Readonly<Record<string, MessageKey>> = {
  'course.empty': 'fault.courseEmpty',
  'module.empty': 'fault.moduleEmpty',
  'title.empty': 'fault.titleEmpty',
  'lesson.empty': 'fault.lessonEmpty',
  'lesson.no_source': 'fault.noSource',
  'quiz.no_questions': 'fault.noQuestions',
  'quiz.no_points': 'fault.noPoints',
  'question.empty': 'fault.questionEmpty',
  'question.no_right_answer': 'fault.noRightAnswer',
  'question.many_right_answers': 'fault.manyRightAnswers',
  'question.too_few_options': 'fault.tooFewOptions',
  'option.empty': 'fault.optionEmpty',
  'media.not_found': 'fault.mediaGone',
  'media.wrong_type': 'fault.mediaWrong',
};

/** A gap in the reader's language; one of a newer server in the server's words. */
export function faultText({ code, detail }: { readonly code: string; readonly detail: string }): string {
  const key = Object.hasOwn(known, code) ? known[code] : undefined;
  return key === undefined ? detail : t(key);
}
