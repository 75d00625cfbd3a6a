import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { changeSettings, SettingsView, showSettings } from '#libs/contracts/tenants';
import { type ApiAnswer, type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { WhenNear } from '../design/when-near.js';
import { languageName } from '../language/language-name.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { useSavedForm } from '../forms/saved-form.js';
import { MailPreview, mailPreviewKey } from './mail-preview.js';

const settingsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['settings'],
    queryFn: ({ signal }) =>
      api.send<typeof showSettings>('GET', '/api/v1/organization/settings', { signal }),
  });

export function SettingsPage() {
  usePageTitle(t('admin.settings'));
  const settings = useQuery({ ...settingsQuery(useApi()), refetchOnWindowFocus: false });
  if (!may(useUser(), 'tenant.manage')) return <Forbidden />;
  return (
    <>
      <PageHeading title={t('admin.settings')}>{t('settings.lead')}</PageHeading>
      <Answer of={settings} skeleton={<Skeleton className="skeleton--list" />}>
        {(answer) => <SettingsForm answer={answer} />}
      </Answer>
      <WhenNear skeleton={<Skeleton className="skeleton--list" />}>
        <MailPreview />
      </WhenNear>
    </>
  );
}

interface Form {
  readonly name: string;
  readonly locale: string;
  readonly registration: SettingsView['registration'];
  readonly emailDomains: string;
  readonly mailSender: string;
  readonly mailReplyTo: string;
}

const formOf = (settings: SettingsView): Form => ({
  ...{ name: settings.name, locale: settings.locale, registration: settings.registration },
  emailDomains: settings.emailDomains.join('\n'),
  mailSender: settings.mailSender ?? '',
  mailReplyTo: settings.mailReplyTo ?? '',
});

const orNothing = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const domainsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/u)
      .map((domain) => domain.trim().toLowerCase().replace(/^@/u, ''))
      .filter((domain) => domain !== ''),
  ),
];

const policies: readonly SettingsView['registration'][] = ['invite', 'domain', 'open'];
const languages = ['en', 'de', 'ar'];

function SettingsForm({ answer }: { readonly answer: ApiAnswer<SettingsView> }) {
  const api = useApi();
  const queries = useQueryClient();
  const { form, saved, isDirty, isPending, error, set, save, notices } = useSavedForm({
    ...{ name: 'settings', answer, formOf, saved: t('settings.saved') },
    write: async ({ emailDomains, mailSender, mailReplyTo, ...rest }: Form, ifMatch) => {
      const written = await api.send<typeof changeSettings>('PATCH', '/api/v1/organization/settings', {
        body: {
          ...{ ...rest, emailDomains: domainsOf(emailDomains) },
          ...{ mailSender: orNothing(mailSender), mailReplyTo: orNothing(mailReplyTo) },
        },
        ifMatch,
      });
      queries.setQueryData(settingsQuery(api).queryKey, written);
      void queries.invalidateQueries({ queryKey: mailPreviewKey });
      return written;
    },
    reload: async () => queries.query({ ...settingsQuery(api), staleTime: 0 }),
  });
  const errors = fieldErrors(error);
  const locales = languages.includes(saved.locale) ? languages : [...languages, saved.locale];
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.name.trim() !== '') save();
      }}
    >
      {notices}
      <Section title={t('settings.general')} lead={t('settings.generalLead')}>
        <div className="form">
          <TextField
            label={t('settings.name')}
            value={form.name}
            onChange={(name) => {
              set({ name });
            }}
            isRequired
            maxLength={200}
            error={form.name.trim() === '' ? t('field.nameMissing') : errors['name']}
          />
          <SelectField
            label={t('settings.locale')}
            description={t('settings.localeHint')}
            value={form.locale}
            onChange={(locale) => {
              set({ locale });
            }}
            options={locales.map((value) => ({ value, label: languageName(value) }))}
          />
        </div>
      </Section>
      <Section title={t('mails.title')} lead={t('mails.lead')}>
        <div className="form">
          <TextField
            label={t('mails.sender')}
            description={t('mails.senderHint')}
            value={form.mailSender}
            onChange={(mailSender) => {
              set({ mailSender });
            }}
            maxLength={100}
            error={errors['mailSender']}
          />
          <TextField
            label={t('mails.replyTo')}
            description={t('mails.replyToHint')}
            type="email"
            value={form.mailReplyTo}
            onChange={(mailReplyTo) => {
              set({ mailReplyTo });
            }}
            maxLength={254}
            error={errors['mailReplyTo']}
          />
        </div>
      </Section>
      <Section title={t('settings.registration')} lead={t('settings.registrationLead')}>
        <div className="form">
          <SelectField
            label={t('settings.policy')}
            value={form.registration}
            onChange={(registration) => {
              set({ registration });
            }}
            options={policies.map((value) => ({ value, label: t(`settings.policy.${value}`) }))}
          />
          {form.registration === 'domain' && (
            <TextField
              label={t('settings.emailDomains')}
              description={t('settings.emailDomainsHint')}
              multiline
              rows={4}
              value={form.emailDomains}
              onChange={(emailDomains) => {
                set({ emailDomains });
              }}
              placeholder={t('settings.emailDomainsExample')}
              error={
                errors['emailDomains'] ??
                (domainsOf(form.emailDomains).length === 0 ? t('settings.emailDomainsMissing') : undefined)
              }
            />
          )}
          <p>
            <Button type="submit" isPending={isPending} isDisabled={!isDirty}>
              {t('action.save')}
            </Button>
          </p>
        </div>
      </Section>
    </form>
  );
}
