import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  changeNotificationPreferences,
  getNotificationPreferences,
  MailFrequency,
  NotificationPreference,
} from '#libs/contracts/auth';
import type { EndpointResponse } from '#libs/contracts';
import { useApi } from '../api/api-context.js';
import { SelectField } from '../design/field.js';
import { Section } from '../design/section.js';
import { SkeletonText } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { kindName } from './notification-text.js';
import { preferencesKey, preferencesQuery } from './notifications.queries.js';
import './notifications.css';

type Preferences = EndpointResponse<typeof getNotificationPreferences>;

/** Which kinds reach one, and how. Every choice is saved as it is made. */
export function PreferencesSection() {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const found = useQuery(preferencesQuery(api));
  const change = useMutation({
    mutationFn: (preference: NotificationPreference) =>
      api.send<typeof changeNotificationPreferences>('PATCH', '/api/v1/me/notification-preferences', {
        body: { preferences: [preference] },
      }),
    onMutate: async (preference) => {
      await queries.cancelQueries({ queryKey: preferencesKey });
      const before = queries.getQueryData<Preferences>(preferencesKey);
      queries.setQueryData<Preferences>(preferencesKey, (now) =>
        now === undefined
          ? now
          : {
              preferences: now.preferences.map((one) => (one.kind === preference.kind ? preference : one)),
            },
      );
      return before;
    },
    onError: (_error, _preference, before) => {
      queries.setQueryData(preferencesKey, before);
      toasts.show(t('notifications.notSaved'), 'bad');
    },
    onSuccess: () => {
      toasts.show(t('notifications.saved'));
    },
  });
  return (
    <Section id="notifications" title={t('notifications.title')} lead={t('notifications.preferencesLead')}>
      <Answer of={found} skeleton={<SkeletonText lines={6} />}>
        {({ preferences }) => (
          <table className="preferences">
            <thead>
              <tr>
                <th scope="col">{t('notifications.about')}</th>
                <th scope="col">{t('notifications.here')}</th>
                <th scope="col">{t('notifications.byMail')}</th>
              </tr>
            </thead>
            <tbody>
              {preferences.map((preference) => (
                <Row key={preference.kind} preference={preference} onChange={change.mutate} />
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </Section>
  );
}

interface RowProps {
  readonly preference: NotificationPreference;
  readonly onChange: (preference: NotificationPreference) => void;
}

function Row({ preference, onChange }: RowProps) {
  const name = kindName(preference.kind);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <label className="preferences__cell">
          <input
            type="checkbox"
            className="preferences__box"
            aria-label={t('notifications.hereOf', { kind: name })}
            checked={preference.inApp}
            onChange={(event) => {
              onChange({ ...preference, inApp: event.target.checked });
            }}
          />
          <span className="preferences__phone" aria-hidden="true">
            {t('notifications.here')}
          </span>
        </label>
      </td>
      <td>
        <SelectField<MailFrequency>
          label={t('notifications.byMailOf', { kind: name })}
          hideLabel
          value={preference.email}
          onChange={(email) => {
            onChange({ ...preference, email });
          }}
          options={[
            { value: 'now', label: t('notifications.mail.now') },
            { value: 'daily', label: t('notifications.mail.daily') },
            { value: 'off', label: t('notifications.mail.off') },
          ]}
        />
      </td>
    </tr>
  );
}
