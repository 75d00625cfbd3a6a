import { z } from 'zod';
import { defineEndpoint, pageQuery, text, uuid } from '../index.js';
import {
  rule,
  ruleAssignmentPage,
  ruleAttributes,
  ruleInput,
  rulePage,
  rulePreview,
  rulePreviewInput,
} from './rule.js';

const service = 'courses';
const access = 'enrolments.manage';
const params = z.strictObject({ ruleId: uuid() });

export const listRules = defineEndpoint({
  id: 'courses.rule.list',
  service,
  method: 'GET',
  path: '/api/v1/enrolment-rules',
  summary: 'Rules that assign courses by what people are, last made first',
  access,
  query: z.strictObject({ ...pageQuery, q: text(1, 200).optional() }),
  response: rulePage,
});

export const createRule = defineEndpoint({
  id: 'courses.rule.create',
  service,
  method: 'POST',
  path: '/api/v1/enrolment-rules',
  summary: 'Make a rule; it takes hold at once and follows every change of a person',
  access,
  body: ruleInput,
  response: rule,
  status: 201,
  etag: true,
});

export const previewRule = defineEndpoint({
  id: 'courses.rule.preview',
  service,
  method: 'POST',
  path: '/api/v1/enrolment-rules/preview',
  summary: 'Whom conditions hold and what they would bring; writes nothing',
  access,
  body: rulePreviewInput,
  response: rulePreview,
});

export const listRuleAttributes = defineEndpoint({
  id: 'courses.rule.attributes',
  service,
  method: 'GET',
  path: '/api/v1/enrolment-rules/attributes',
  summary: 'The values that conditions can ask for, as the people have them',
  access,
  response: ruleAttributes,
});

export const getRule = defineEndpoint({
  id: 'courses.rule.get',
  service,
  method: 'GET',
  path: '/api/v1/enrolment-rules/:ruleId',
  summary: 'One rule',
  access,
  params,
  response: rule,
  etag: true,
});

export const replaceRule = defineEndpoint({
  id: 'courses.rule.replace',
  service,
  method: 'PUT',
  path: '/api/v1/enrolment-rules/:ruleId',
  summary: 'Change a rule as a whole; whom it holds no more keeps what was begun',
  access,
  params,
  body: ruleInput,
  response: rule,
  etag: true,
  ifMatch: true,
});

export const deleteRule = defineEndpoint({
  id: 'courses.rule.delete',
  service,
  method: 'DELETE',
  path: '/api/v1/enrolment-rules/:ruleId',
  summary:
    'Delete a rule; a few seconds later it lets go of people who have not begun. It can be restored for 30 days',
  access,
  params,
  response: null,
  status: 204,
});

export const restoreRule = defineEndpoint({
  id: 'courses.rule.restore',
  service,
  method: 'POST',
  path: '/api/v1/enrolment-rules/:ruleId/restore',
  summary: 'Take back the deletion of a rule',
  access,
  params,
  response: rule,
  etag: true,
});

export const listRuleAssignments = defineEndpoint({
  id: 'courses.rule.assignments',
  service,
  method: 'GET',
  path: '/api/v1/enrolment-rules/:ruleId/assignments',
  summary: 'Whom a rule holds in which course, by name',
  access,
  params,
  query: z.strictObject({ ...pageQuery, q: text(1, 200).optional() }),
  response: ruleAssignmentPage,
});

export const ruleEndpoints = [
  listRules,
  createRule,
  previewRule,
  listRuleAttributes,
  getRule,
  replaceRule,
  deleteRule,
  restoreRule,
  listRuleAssignments,
] as const;
