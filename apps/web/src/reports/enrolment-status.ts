import type { EnrolmentStatus } from '#libs/contracts/courses';
import type { BadgeTone } from '../design/badge.js';
import type { MessageKey } from '../language/t.js';

export const statusNames: Readonly<Record<EnrolmentStatus, MessageKey>> = {
  not_started: 'rules.enrolment.notStarted',
  in_progress: 'rules.enrolment.inProgress',
  completed: 'rules.enrolment.completed',
  withdrawn: 'rules.enrolment.withdrawn',
};

export const statusTones: Readonly<Record<EnrolmentStatus, BadgeTone>> = {
  not_started: 'neutral',
  in_progress: 'accent',
  completed: 'good',
  withdrawn: 'neutral',
};
