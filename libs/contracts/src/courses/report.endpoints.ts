import { z } from 'zod';
import { defineEndpoint, pageQuery, text, uuid } from '../index.js';
import {
  completionTrend,
  courseReport,
  learnerReport,
  myTeam,
  overduePage,
  pagedReportFilter,
  reportFilter,
  teamReport,
  teamReportFilter,
} from './report.js';

const service = 'courses';
const access = 'analytics.read';

export const reportCourses = defineEndpoint({
  id: 'courses.report.courses',
  service,
  method: 'GET',
  path: '/api/v1/reports/courses',
  summary: 'Completion by course',
  access,
  query: reportFilter,
  response: courseReport,
});

export const reportTeams = defineEndpoint({
  id: 'courses.report.teams',
  service,
  method: 'GET',
  path: '/api/v1/reports/teams',
  summary: 'Completion by team or department',
  access,
  query: teamReportFilter,
  response: teamReport,
});

export const reportOverdue = defineEndpoint({
  id: 'courses.report.overdue',
  service,
  method: 'GET',
  path: '/api/v1/reports/overdue',
  summary: 'Who is late with what, the longest first',
  access,
  query: pagedReportFilter,
  response: overduePage,
});

export const reportTrend = defineEndpoint({
  id: 'courses.report.trend',
  service,
  method: 'GET',
  path: '/api/v1/reports/trend',
  summary: 'Enrolments and completions over time; without a period, of the last 26 weeks',
  access,
  query: z.strictObject({ ...reportFilter.shape, interval: z.enum(['week', 'month']).default('week') }),
  response: completionTrend,
});

export const reportLearner = defineEndpoint({
  id: 'courses.report.learner',
  service,
  method: 'GET',
  path: '/api/v1/reports/people/:userId',
  summary: 'Everything that one person is to learn and has learnt',
  access,
  params: z.strictObject({ userId: uuid() }),
  response: learnerReport,
});

export const exportReport = defineEndpoint({
  id: 'courses.report.export',
  service,
  method: 'GET',
  path: '/api/v1/reports/export/:report',
  summary: 'A report as CSV; `enrolments` is every enrolment by itself',
  access,
  params: z.strictObject({ report: z.enum(['courses', 'teams', 'departments', 'overdue', 'enrolments']) }),
  query: reportFilter,
  response: null,
  download: true,
  status: 200,
});

const teamQuery = z.strictObject({
  ...pageQuery,
  /** Part of the name or of the e-mail address. */
  q: text(1, 200).optional(),
});

export const hasTeam = defineEndpoint({
  id: 'courses.my_team.has',
  service,
  method: 'GET',
  path: '/api/v1/me/has-team',
  summary: 'Whether anybody reports to the caller',
  access: 'member',
  response: z.strictObject({ hasTeam: z.boolean() }),
});

export const getMyTeam = defineEndpoint({
  id: 'courses.my_team.list',
  service,
  method: 'GET',
  path: '/api/v1/my-team',
  summary:
    'The people below the caller, however deep, and how far they are; empty for whoever manages nobody',
  access: 'member',
  query: teamQuery,
  response: myTeam,
});

export const exportMyTeam = defineEndpoint({
  id: 'courses.my_team.export',
  service,
  method: 'GET',
  path: '/api/v1/my-team/export',
  summary: 'The people below the caller and their courses, as CSV',
  access: 'member',
  response: null,
  download: true,
  status: 200,
});

export const getMyTeamMember = defineEndpoint({
  id: 'courses.my_team.get',
  service,
  method: 'GET',
  path: '/api/v1/my-team/:userId',
  summary: 'What one of the people below the caller is to learn; nobody else is found',
  access: 'member',
  params: z.strictObject({ userId: uuid() }),
  response: learnerReport,
});

export const reportEndpoints = [
  reportCourses,
  reportTeams,
  reportOverdue,
  reportTrend,
  reportLearner,
  exportReport,
  hasTeam,
  getMyTeam,
  exportMyTeam,
  getMyTeamMember,
] as const;
