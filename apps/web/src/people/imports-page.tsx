import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { peopleColumns, type PeopleImport } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { Button } from '../design/button.js';
import { csvOf } from '../design/csv.js';
import { FileField } from '../design/file-field.js';
import { PageHeading } from '../design/page-heading.js';
import { saveFile } from '../design/save-file.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { importsKey, importsQuery, uploadPeopleFile } from './imports.queries.js';
import { PeopleTabs } from './people-tabs.js';
import './people.css';

const MOST_BYTES = 64 * 1024 * 1024;

export function ImportsPage() {
  usePageTitle(t('people.tab.imports'));
  if (!may(useUser(), 'users.manage')) return <Forbidden />;
  return (
    <>
      <PageHeading title={t('people.tab.imports')}>{t('imports.lead')}</PageHeading>
      <PeopleTabs />
      <UploadSection />
      <EarlierImports />
    </>
  );
}

function UploadSection() {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [progress, setProgress] = useState(0);
  const [stop, setStop] = useState<AbortController | null>(null);
  const upload = useMutation({
    mutationFn: (file: File) => {
      const controller = new AbortController();
      setStop(controller);
      setProgress(0);
      return uploadPeopleFile(api, file, { onProgress: setProgress, signal: controller.signal });
    },
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: importsKey });
      await navigate({ to: '/admin/people/imports/$importId', params: { importId: id } });
    },
    onSettled: () => {
      setStop(null);
    },
  });
  return (
    <Section
      title={t('imports.upload')}
      lead={t('imports.uploadLead')}
      actions={
        <Button
          look="secondary"
          size="s"
          icon={<Download aria-hidden />}
          onPress={() => {
            saveFile('people.csv', csvOf([[...peopleColumns], exampleRow]));
          }}
        >
          {t('imports.template')}
        </Button>
      }
    >
      <FileField
        label={t('imports.file')}
        description={t('imports.fileHint', { columns: peopleColumns.join(', ') })}
        accept={['.csv', 'text/csv']}
        maxBytes={MOST_BYTES}
        onFile={(file) => {
          upload.mutate(file);
        }}
        upload={
          upload.isPending ? { name: upload.variables.name, progress, onCancel: () => stop?.abort() } : null
        }
        error={refusalOf(upload.error)}
      />
    </Section>
  );
}

const exampleRow = ['jo.mason@example.com', 'Jo Mason', 'learner', 'Sales', 'North', 'lead@example.com'];

function refusalOf(error: unknown): string | null {
  if (error === null || (error instanceof DOMException && error.name === 'AbortError')) return null;
  if (!isProblem(error)) return t('problem.unknown.text');
  if (error.isUnreachable) return t('problem.offline.text');
  return error.status >= 500 ? t('problem.unknown.text') : error.detail;
}

function EarlierImports() {
  const imports = useInfiniteQuery(importsQuery(useApi()));
  return (
    <Section title={t('imports.earlier')} lead={t('imports.earlierLead')}>
      <Answer of={imports} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t('imports.none')}</p>;
          return (
            <Table
              label={t('imports.earlier')}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: t('imports.fileName'),
                  cell: ({ id, fileName, createdAt }) => (
                    <span className="people__names">
                      <Link
                        className="table__name"
                        to="/admin/people/imports/$importId"
                        params={{ importId: id }}
                      >
                        {fileName}
                      </Link>
                      <span className="table__detail">{formatMoment(createdAt)}</span>
                    </span>
                  ),
                },
                { title: t('imports.rows'), cell: ({ rows }) => formatNumber(rows) },
                { title: t('people.status'), cell: ({ state }) => <ImportBadge state={state} /> },
              ]}
            />
          );
        }}
      </Answer>
    </Section>
  );
}

const tones: Readonly<Record<PeopleImport['state'], BadgeTone>> = {
  receiving: 'accent',
  checking: 'accent',
  ready: 'warn',
  running: 'accent',
  inviting: 'accent',
  done: 'good',
  cancelled: 'neutral',
};

export function ImportBadge({ state }: { readonly state: PeopleImport['state'] }) {
  return <Badge tone={tones[state]}>{t(`imports.state.${state}` satisfies MessageKey)}</Badge>;
}
