import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { TeamReportRow } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { type ReportSearch } from './report-filter.js';
import { courseReportQuery, teamReportQuery } from './reports.queries.js';

const ANY = '';

/** What a report is about: a course, a team, a department, a span of time. */
export function ReportFilters({ search }: { readonly search: ReportSearch }) {
  const api = useApi();
  const navigate = useNavigate();
  // What there is to choose from does not depend on what is chosen.
  const courses = useQuery({ ...courseReportQuery(api, {}), staleTime: 60_000 });
  const teams = useQuery({ ...teamReportQuery(api, {}, 'team'), staleTime: 60_000 });
  const departments = useQuery({ ...teamReportQuery(api, {}, 'department'), staleTime: 60_000 });
  const set = (key: keyof ReportSearch, value: string): void => {
    const others: ReportSearch = Object.fromEntries(Object.entries(search).filter(([name]) => name !== key));
    void navigate({
      to: '/admin/reports',
      search: value === ANY ? others : { ...others, [key]: value },
      replace: true,
    });
  };
  const names = (rows: readonly TeamReportRow[] | undefined) => [
    { value: ANY, label: t('reports.all') },
    ...(rows ?? []).flatMap(({ name }) => (name === null ? [] : [{ value: name, label: name }])),
  ];
  const isFiltered = Object.keys(search).some((key) => key !== 'view');
  return (
    <search className="report-filters">
      <SelectField
        label={t('reports.course')}
        value={search.course ?? ANY}
        onChange={(value) => {
          set('course', value);
        }}
        options={[
          { value: ANY, label: t('reports.all') },
          ...(courses.data?.rows ?? []).map(({ courseId, title }) => ({ value: courseId, label: title })),
        ]}
      />
      <SelectField
        label={t('reports.team')}
        value={search.team ?? ANY}
        onChange={(value) => {
          set('team', value);
        }}
        options={names(teams.data?.rows)}
      />
      <SelectField
        label={t('reports.department')}
        value={search.department ?? ANY}
        onChange={(value) => {
          set('department', value);
        }}
        options={names(departments.data?.rows)}
      />
      <TextField
        type="date"
        label={t('reports.from')}
        value={search.from ?? ''}
        onChange={(value) => {
          set('from', value);
        }}
      />
      <TextField
        type="date"
        label={t('reports.to')}
        value={search.to ?? ''}
        onChange={(value) => {
          set('to', value);
        }}
      />
      {isFiltered && (
        <Button
          look="quiet"
          icon={<X aria-hidden />}
          onPress={() => {
            const { view } = search;
            void navigate({
              to: '/admin/reports',
              search: view === undefined ? {} : { view },
              replace: true,
            });
          }}
        >
          {t('reports.clear')}
        </Button>
      )}
    </search>
  );
}
