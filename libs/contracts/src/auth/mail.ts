import { z } from 'zod';
import { defineEndpoint, instant, page, pageQuery, tenantHandle, text, uuid } from '../index.js';

const service = 'auth';

export const mailState = z.enum(['waiting', 'failed', 'sent']);
export type MailState = z.infer<typeof mailState>;

/** One mail of the outbox from outside: neither to whom it goes nor what is in it. */
export const outboxMail = z.strictObject({
  tenantId: uuid(),
  mailId: uuid(),
  template: z.string(),
  /** `failed`: given up after its attempts. */
  state: mailState,
  attempts: z.int().nonnegative(),
  /** The kind of the last failure, such as `ECONNREFUSED` or `EENVELOPE 550`. */
  lastError: z.string().nullable(),
  createdAt: instant(),
  sentAt: instant().nullable(),
});
export type OutboxMail = z.infer<typeof outboxMail>;

export const outboxSummary = z.strictObject({
  waiting: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Age of the mail that waits longest. */
  oldestSeconds: z.number().nonnegative(),
  /** Shards that could not be asked. */
  unreachable: z.array(z.string()),
});
export type OutboxSummary = z.infer<typeof outboxSummary>;

export const listMails = defineEndpoint({
  id: 'auth.operator_mail.list',
  service,
  method: 'GET',
  path: '/api/v1/operator/mails',
  summary:
    'Mails that wait or were given up, over all tenants, newest first; with `tenant` also those that are sent',
  access: 'operator',
  query: z.strictObject({
    ...pageQuery,
    state: mailState.optional(),
    /** Id or slug. Asked for with `state=sent`: those of all tenants are too many to list. */
    tenant: text(1, 63).optional(),
  }),
  response: page(outboxMail),
});

export const summarizeMails = defineEndpoint({
  id: 'auth.operator_mail.summary',
  service,
  method: 'GET',
  path: '/api/v1/operator/mails/summary',
  summary: 'How many mails wait, how many were given up, and for how long',
  access: 'operator',
  response: outboxSummary,
});

export const retryMail = defineEndpoint({
  id: 'auth.operator_mail.retry',
  service,
  method: 'POST',
  path: '/api/v1/operator/tenants/:tenantId/mails/:mailId/retry',
  summary: 'Try a mail again now; its attempts count anew',
  access: 'operator',
  params: z.strictObject({ ...tenantHandle.shape, mailId: uuid() }),
  response: null,
  status: 204,
});

const templateName = z.enum([
  'invitation',
  'verification',
  'account_exists',
  'password_reset',
  'password_changed',
  'session_stolen',
]);
const templateParams = z.strictObject({ template: templateName });

export const mailPreview = z.strictObject({
  template: templateName,
  subject: z.string(),
  from: z.strictObject({ name: z.string(), address: z.string() }),
  replyTo: z.string().nullable(),
  text: z.string(),
  /** Where the HTML is, to be shown in a frame. */
  htmlUrl: z.string(),
});
export type MailPreview = z.infer<typeof mailPreview>;

export const previewMail = defineEndpoint({
  id: 'auth.mail_template.preview',
  service,
  method: 'GET',
  path: '/api/v1/mail-templates/:template',
  summary: 'A mail of this academy with made-up contents, in its brand',
  access: 'tenant.manage',
  params: templateParams,
  response: mailPreview,
});

export const previewMailHtml = defineEndpoint({
  id: 'auth.mail_template.html',
  service,
  method: 'GET',
  path: '/api/v1/mail-templates/:template/html',
  summary: 'The same as HTML, to be shown in a frame',
  access: 'tenant.manage',
  params: templateParams,
  download: true,
  response: null,
});

export const mailEndpoints = [listMails, summarizeMails, retryMail, previewMail, previewMailHtml] as const;
