import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import type { BundleIssue, checkArchive, OnboardingCheck, startArchive } from '#libs/contracts/tenants';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { csvOf } from '../design/csv.js';
import { FileField } from '../design/file-field.js';
import { Notice } from '../design/notice.js';
import { PageHeading } from '../design/page-heading.js';
import { saveFile } from '../design/save-file.js';
import { Section } from '../design/section.js';
import { SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatMoment } from '../language/dates.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { Answer } from '../shell/answer.js';
import { onboardingNames, onboardingTones } from './control-words.js';
import { onboardingsKey, onboardingsQuery } from './control.queries.js';
import './control.css';

const MOST_BYTES = 64 * 1024 * 1024;

/** Brings an academy in from its folder: everything that is wrong is told before anything is changed. */
export function OnboardingsPage() {
  usePageTitle(t('control.onboardings'));
  return (
    <>
      <PageHeading title={t('control.onboardings')}>{t('control.onboardingsLead')}</PageHeading>
      <Import />
      <Past />
    </>
  );
}

function Import() {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const check = useMutation({
    mutationFn: async (zip: File): Promise<OnboardingCheck> =>
      (
        await api.send<typeof checkArchive>('POST', '/api/v1/operator/onboardings/archive/check', {
          file: zip,
        })
      ).data,
  });
  const start = useMutation({
    mutationFn: async (zip: File) =>
      api.send<typeof startArchive>('POST', '/api/v1/operator/onboardings/archive', { file: zip }),
    onSuccess: async ({ data }) => {
      void queries.invalidateQueries({ queryKey: onboardingsKey });
      await navigate({ to: '/control/onboardings/$onboardingId', params: { onboardingId: data.id } });
    },
  });
  const error = check.error ?? start.error;
  const issues = issuesOf(error);
  return (
    <Section title={t('onboarding.import')} lead={t('onboarding.importLead')}>
      <FileField
        label={t('onboarding.file')}
        description={t('onboarding.fileHint')}
        accept={['.zip']}
        maxBytes={MOST_BYTES}
        onFile={(chosen) => {
          setFile(chosen);
          start.reset();
          check.mutate(chosen);
        }}
        upload={check.isPending && file !== null ? { name: file.name, progress: 0.5 } : null}
      />
      {issues === null ? (
        <FormProblem error={error} />
      ) : (
        <Issues issues={issues} name={file?.name ?? 'folder'} />
      )}
      {check.isSuccess && file !== null && (
        <Notice
          tone="good"
          title={t('onboarding.ready', { slug: check.data.slug })}
          live
          action={
            <Button
              isPending={start.isPending}
              onPress={() => {
                start.mutate(file);
              }}
            >
              {t('onboarding.start')}
            </Button>
          }
        >
          {t('onboarding.counts', {
            users: formatNumber(check.data.users),
            courses: formatNumber(check.data.courses),
            enrolments: formatNumber(check.data.enrolments),
          })}
        </Notice>
      )}
    </Section>
  );
}

function issuesOf(error: unknown): readonly BundleIssue[] | null {
  if (!isProblem(error) || error.code !== 'onboarding.bundle_invalid') return null;
  const { issues } = error.details as { readonly issues?: readonly BundleIssue[] };
  return issues ?? null;
}

function Issues({ issues, name }: { readonly issues: readonly BundleIssue[]; readonly name: string }) {
  return (
    <>
      <Notice
        tone="bad"
        title={t('onboarding.issues', { count: issues.length })}
        live
        action={
          <Button
            look="secondary"
            size="s"
            icon={<FileDown aria-hidden />}
            onPress={() => {
              const rows = issues.map(({ file, line, column, code, detail, help }) => [
                ...[file, line ?? '', column ?? '', code, detail, help],
              ]);
              saveFile(
                `${name}-problems.csv`,
                csvOf([['file', 'line', 'column', 'code', 'detail', 'help'], ...rows]),
              );
            }}
          >
            {t('onboarding.saveIssues')}
          </Button>
        }
      >
        {t('onboarding.nothingChanged')}
      </Notice>
      <div
        className="control-issues"
        role="region"
        aria-label={t('onboarding.issues', { count: issues.length })}
        // A list that scrolls by itself is reached by the keyboard.
        tabIndex={0}
      >
        <Table
          label={t('onboarding.problems')}
          rows={issues.map((issue, index) => ({ ...issue, index }))}
          keyOf={({ index }) => String(index)}
          columns={[
            {
              title: t('onboarding.place'),
              cell: ({ file, line, column }) => (
                <span className="control-code">
                  {[file, line, column].filter((part) => part !== null).join(':')}
                </span>
              ),
            },
            {
              title: t('onboarding.problem'),
              cell: ({ detail, help }) => (
                <>
                  <span>{detail}</span>
                  <span className="table__detail">{help}</span>
                </>
              ),
            },
          ]}
        />
      </div>
    </>
  );
}

function Past() {
  const past = useInfiniteQuery(onboardingsQuery(useApi()));
  return (
    <Section title={t('onboarding.past')}>
      <Answer of={past} skeleton={<SkeletonText lines={4} />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          return rows.length === 0 ? (
            <p>{t('onboarding.none')}</p>
          ) : (
            <Table
              label={t('onboarding.past')}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: t('control.slug'),
                  cell: ({ id, slug }) => (
                    <Link to="/control/onboardings/$onboardingId" params={{ onboardingId: id }}>
                      {slug}
                    </Link>
                  ),
                },
                {
                  title: t('control.status'),
                  cell: ({ state }) => (
                    <Badge tone={onboardingTones[state]}>{t(onboardingNames[state])}</Badge>
                  ),
                },
                { title: t('control.when'), cell: ({ createdAt }) => formatMoment(createdAt) },
              ]}
            />
          );
        }}
      </Answer>
      {past.hasNextPage && (
        <p className="more">
          <Button
            look="secondary"
            isPending={past.isFetchingNextPage}
            onPress={() => {
              void past.fetchNextPage();
            }}
          >
            {t('action.more')}
          </Button>
        </p>
      )}
    </Section>
  );
}
