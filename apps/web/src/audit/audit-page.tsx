import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AuditEntry } from '#libs/contracts/insights';
import { useApi } from '../api/api-context.js';
import { urlOf } from '../api/request.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { ButtonAnchor } from '../design/button-link.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { Dialog } from '../design/dialog.js';
import { EmptyState } from '../design/empty-state.js';
import { SelectField, TextField } from '../design/field.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { useSettled } from '../design/use-settled.js';
import { formatMoment, formatZonedMoment } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { type PickedPerson, PersonPicker } from '../people/person-picker.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { actorName, deedOf, subjectOf } from './audit-words.js';
import { type AuditFilter, auditQuery, auditSearch } from './audit.queries.js';
import '../design/table.css';
import '../people/people.css';
import './audit.css';

export function AuditPage() {
  usePageTitle(t('admin.audit'));
  return may(useUser(), 'audit.read') ? <Audit /> : <Forbidden />;
}

const kinds: readonly { readonly value: string; readonly label: MessageKey }[] = [
  { value: '', label: 'audit.kind.all' },
  { value: 'auth.user.', label: 'audit.kind.people' },
  { value: 'auth.team.', label: 'audit.kind.teams' },
  { value: 'auth.invitation.', label: 'audit.kind.invitations' },
  { value: 'auth.user_import.', label: 'audit.kind.imports' },
  { value: 'auth.session.', label: 'audit.kind.sessions' },
  { value: 'auth.login.', label: 'audit.kind.logins' },
  { value: 'auth.api_key.', label: 'audit.kind.keys' },
  { value: 'auth.connection.', label: 'audit.kind.connections' },
  { value: 'auth.app.', label: 'audit.kind.apps' },
  { value: 'courses.course.', label: 'audit.kind.courses' },
  { value: 'courses.enrolment.', label: 'audit.kind.enrolments' },
  { value: 'courses.rule.', label: 'audit.kind.rules' },
  { value: 'media.', label: 'audit.kind.media' },
  { value: 'tenants.', label: 'audit.kind.academy' },
];

function Audit() {
  const [kind, setKind] = useState('');
  const [actor, setActor] = useState<PickedPerson | null>(null);
  const [subject, setSubject] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const settled = useSettled(subject.trim(), 300);
  const filter: AuditFilter = { type: kind, actor: actor?.id ?? '', subject: settled, from, to };
  const found = useInfiniteQuery({ ...auditQuery(useApi(), filter), placeholderData: (before) => before });
  const entries = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const columns = useMemo(() => columnsOf(), []);
  const exportUrl = (format: 'csv' | 'ndjson') =>
    urlOf('/api/v1/audit/export', {}, { ...auditSearch(filter), format });
  return (
    <>
      <PageHeading
        title={t('admin.audit')}
        actions={
          <>
            <ButtonAnchor look="secondary" icon={<Download aria-hidden />} href={exportUrl('csv')} download>
              {t('audit.csv')}
            </ButtonAnchor>
            <ButtonAnchor look="quiet" href={exportUrl('ndjson')} download>
              {t('audit.ndjson')}
            </ButtonAnchor>
          </>
        }
      >
        {t('audit.lead')}
      </PageHeading>
      <search className="audit-filters">
        <SelectField
          label={t('audit.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map(({ value, label }) => ({ value, label: t(label) }))}
        />
        <PersonPicker label={t('audit.actor')} value={actor} onChange={setActor} />
        <TextField
          label={t('audit.subject')}
          placeholder={t('audit.subjectHint')}
          value={subject}
          onChange={setSubject}
          maxLength={200}
        />
        <TextField label={t('audit.from')} type="date" value={from} onChange={setFrom} />
        <TextField label={t('audit.to')} type="date" value={to} onChange={setTo} />
      </search>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {() =>
          entries.length === 0 ? (
            <EmptyState icon={ScrollText} title={t('audit.none.title')}>
              {t('audit.none.text')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('admin.audit')}
              rows={entries}
              keyOf={({ id }) => id}
              nameOf={deedOf}
              columns={columns}
              onOpen={(id) => {
                setOpened(entries.find((entry) => entry.id === id) ?? null);
              }}
              more={moreOf(found)}
              rowHeight={64}
            />
          )
        }
      </Answer>
      {opened !== null && (
        <EntryDialog
          entry={opened}
          onSubject={() => {
            setSubject(opened.subject);
            setOpened(null);
          }}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
    </>
  );
}

const columnsOf = (): readonly DataColumn<AuditEntry>[] => [
  {
    id: 'deed',
    title: t('audit.what'),
    width: '2fr',
    minWidth: 240,
    cell: (entry) => (
      <span className="people__names">
        <span className="table__name">{deedOf(entry)}</span>
        <span className="table__detail">{subjectOf(entry)}</span>
      </span>
    ),
  },
  {
    id: 'actor',
    title: t('audit.actor'),
    width: '1.5fr',
    minWidth: 170,
    cell: (entry) => (
      <span className="people__names">
        <span>{actorName(entry)}</span>
        {entry.actor.by !== null && (
          <span className="table__detail">{t('audit.actingFor', { name: entry.actor.by.name ?? '' })}</span>
        )}
      </span>
    ),
  },
  {
    id: 'when',
    title: t('audit.when'),
    width: '1.5fr',
    minWidth: 216,
    cell: ({ occurredAt }) => <time dateTime={occurredAt}>{formatMoment(occurredAt)}</time>,
  },
  { id: 'ip', title: t('audit.ip'), minWidth: 132, cell: ({ ip }) => <span dir="ltr">{ip ?? '–'}</span> },
];

interface EntryDialogProps {
  readonly entry: AuditEntry;
  readonly onSubject: () => void;
  readonly onClose: () => void;
}

/** All that is known of one event. */
function EntryDialog({ entry, onSubject, onClose }: EntryDialogProps) {
  const facts: readonly (readonly [string, string | null])[] = [
    [t('audit.actor'), actorName(entry)],
    [t('audit.when'), formatZonedMoment(entry.occurredAt)],
    [t('audit.subject'), entry.subject],
    [t('audit.ip'), entry.ip],
    [t('audit.device'), entry.userAgent],
    [t('audit.type'), entry.type],
    [t('audit.request'), entry.requestId],
  ];
  return (
    <Dialog
      title={deedOf(entry)}
      isOpen
      onClose={onClose}
      size="l"
      actions={
        <>
          <Button look="secondary" onPress={onSubject}>
            {t('audit.sameSubject')}
          </Button>
          <Button onPress={onClose}>{t('action.close')}</Button>
        </>
      }
    >
      <dl className="audit-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <h3 className="audit-details__title">{t('audit.details')}</h3>
      <pre className="audit-details" dir="ltr" tabIndex={0} aria-label={t('audit.details')}>
        {JSON.stringify(entry.details, null, 2)}
      </pre>
    </Dialog>
  );
}
