import type { AttemptDetail, AttemptView } from '#libs/contracts/auth';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { Table } from '../design/table.js';
import { formatMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { roleName } from '../people/role-name.js';
import { reasonText } from './connection-words.js';
import './security.css';

export function outcomeOf({ outcome, reason }: Pick<AttemptView, 'outcome' | 'reason'>): string {
  if (outcome === 'refused') return reasonText(reason ?? '');
  return reason === 'second_step' ? t('sso.attempt.secondStep') : t('sso.attempt.succeeded');
}

/** What the provider said, what was wrong with it in words, and who would come of it. */
export function AttemptFindings({ attempt }: { readonly attempt: AttemptDetail }) {
  const { outcome, person, checks, attributes, raw } = attempt;
  const failed = checks.filter(({ ok }) => !ok);
  const rows = Object.entries(attributes).map(([name, values]) => ({ name, values }));
  return (
    <Section title={t('sso.attempt')} lead={formatMoment(attempt.at)}>
      <Notice tone={outcome === 'succeeded' ? 'good' : 'bad'} title={outcomeOf(attempt)}>
        {failed.map(({ check, expected, actual }) => (
          <p key={check}>{t('sso.attempt.found', { expected: expected ?? '–', actual: actual ?? '–' })}</p>
        ))}
        {person !== null && (
          <p>
            {t('sso.attempt.person', {
              name: person.name ?? '–',
              email: person.email ?? '–',
              role: roleName(person.role),
            })}
          </p>
        )}
      </Notice>
      {rows.length > 0 && (
        <Table
          label={t('sso.attempt.attributes')}
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { title: t('sso.attempt.attribute'), cell: ({ name }) => <code>{name}</code> },
            { title: t('sso.attempt.values'), cell: ({ values }) => values.join(', ') },
          ]}
        />
      )}
      {raw !== null && (
        <details className="sso-raw">
          <summary>{t('sso.attempt.raw')}</summary>
          <pre tabIndex={0} aria-label={t('sso.attempt.raw')}>
            {raw}
          </pre>
        </details>
      )}
    </Section>
  );
}
