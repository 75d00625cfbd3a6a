import { FileText, ListChecks, type LucideIcon, Paperclip, Play } from 'lucide-react';
import type { LessonKind } from '#libs/contracts/courses';
import { type MessageKey } from '../language/t.js';

export const lessonKindIcon: Readonly<Record<LessonKind, LucideIcon>> = {
  article: FileText,
  video: Play,
  file: Paperclip,
  quiz: ListChecks,
};

export const lessonKindName: Readonly<Record<LessonKind, MessageKey>> = {
  article: 'lesson.article',
  video: 'lesson.video',
  file: 'lesson.file',
  quiz: 'lesson.quiz',
};
