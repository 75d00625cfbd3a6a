import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MailPreview as Preview, previewMail } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { SelectField } from '../design/field.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import './settings.css';

type Template = Preview['template'];
const templates: readonly Template[] = [
  'invitation',
  'verification',
  'account_exists',
  'password_reset',
  'password_changed',
  'session_stolen',
];

/** What becomes old when the sender, the name or the brand changes. */
export const mailPreviewKey = ['mail-preview'] as const;

const previewQuery = (api: ApiClient, template: Template) =>
  queryOptions({
    queryKey: [...mailPreviewKey, template],
    queryFn: ({ signal }) =>
      api.read<typeof previewMail>('/api/v1/mail-templates/:template', { params: { template }, signal }),
    placeholderData: (before) => before,
  });

/** The mails of the academy as its people get them, in a frame that can draw and do nothing else. */
export function MailPreview() {
  const [template, setTemplate] = useState<Template>('invitation');
  const preview = useQuery(previewQuery(useApi(), template));
  return (
    <Section title={t('mails.preview')} lead={t('mails.previewLead')}>
      <div className="mail-preview">
        <SelectField
          label={t('mails.which')}
          value={template}
          onChange={setTemplate}
          options={templates.map((value) => ({ value, label: t(`mails.template.${value}`) }))}
        />
        <Answer of={preview} skeleton={<Skeleton className="skeleton--list" />}>
          {({ from, replyTo, subject, htmlUrl }) => (
            <>
              <dl className="mail-preview__head">
                <dt>{t('mails.from')}</dt>
                <dd dir="auto">{t('mails.address', { name: from.name, address: from.address })}</dd>
                {replyTo !== null && (
                  <>
                    <dt>{t('mails.replyTo')}</dt>
                    <dd>{replyTo}</dd>
                  </>
                )}
                <dt>{t('mails.subject')}</dt>
                <dd dir="auto">{subject}</dd>
              </dl>
              {/* Drawn anew when it was asked for anew: the same address may have become another letter. */}
              <iframe
                key={preview.dataUpdatedAt}
                className="mail-preview__letter"
                title={t('mails.letter', { subject })}
                src={htmlUrl}
                sandbox="allow-same-origin"
              />
            </>
          )}
        </Answer>
      </div>
    </Section>
  );
}
