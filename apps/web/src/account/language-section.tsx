import { type SubmitEvent, useState } from 'react';
import { Button } from '../design/button.js';
import { SelectField } from '../design/field.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { formatMoment } from '../language/dates.js';
import { ownNameOf } from '../language/language-name.js';
import { languages } from '../language/languages.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { type SessionUser } from '../session/session-user.js';
import { useSaveProfile } from './save-profile.js';
import { timeZones } from './time-zones.js';

/** In what words and by what clock. */
export function LanguageSection({ user }: { readonly user: SessionUser }) {
  const toasts = useToasts();
  const [locale, setLocale] = useState(user.locale ?? '');
  const [zone, setZone] = useState(user.timeZone ?? '');
  const save = useSaveProfile(() => {
    toasts.show(t('account.saved'));
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate({
      ...(locale === (user.locale ?? '') ? {} : { locale: locale === '' ? null : locale }),
      timeZone: zone === '' ? null : zone,
    });
  };
  const own = user.locale;
  const tags: readonly string[] =
    own === null || languages.some((language) => language === own) ? languages : [...languages, own];
  const unchanged = locale === (user.locale ?? '') && zone === (user.timeZone ?? '');
  return (
    <Section title={t('account.language')} lead={t('account.languageLead')}>
      <form className="form" onSubmit={submit} noValidate>
        <FormProblem error={save.error} />
        <SelectField
          label={t('account.languageField')}
          value={locale}
          onChange={setLocale}
          options={[
            { value: '', label: t('account.likeBrowser') },
            ...tags.map((tag) => ({ value: tag, label: ownNameOf(tag) })),
          ]}
        />
        <SelectField
          label={t('account.timeZone')}
          value={zone}
          onChange={setZone}
          options={[
            { value: '', label: t('account.likeDevice') },
            ...timeZones(user.timeZone).map(({ id, label }) => ({ value: id, label })),
          ]}
          description={t('account.now', { time: formatMoment(new Date().toISOString()) })}
        />
        <div className="form__actions">
          <Button type="submit" isPending={save.isPending} isDisabled={unchanged}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
