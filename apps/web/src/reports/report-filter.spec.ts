import { describe, expect, it } from '@jest/globals';
import { exportPath, filterOf, reportSearch } from './report-filter.js';

describe(reportSearch, () => {
  it('keeps what it knows and drops the rest', () => {
    const course = '0198f0c1-2f5e-7abc-8def-0123456789ab';
    expect(
      reportSearch({ view: 'overdue', course, team: 'North', from: '2026-02-30x', to: '2026-02-28', x: 1 }),
    ).toEqual({ view: 'overdue', course, team: 'North', to: '2026-02-28' });
    expect(reportSearch({ view: 'secrets', course: "' OR 1=1", team: '' })).toEqual({});
  });
});

describe(filterOf, () => {
  it('takes the last day with it', () => {
    const { from, to } = filterOf({ from: '2026-03-01', to: '2026-03-01' });
    expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(86_400_000);
  });
});

describe(exportPath, () => {
  it('carries the filter', () => {
    expect(exportPath('overdue', { team: 'R & D' })).toBe('/api/v1/reports/export/overdue?team=R+%26+D');
    expect(exportPath('courses', {})).toBe('/api/v1/reports/export/courses');
  });
});
