/** What a report leaves in, as it stands in the address of the page. */
export interface ReportSearch {
  readonly view?: ReportView;
  readonly course?: string;
  readonly team?: string;
  readonly department?: string;
  /** Days in the reader's zone, both included. */
  readonly from?: string;
  readonly to?: string;
}

export const reportViews = ['courses', 'teams', 'departments', 'overdue', 'trend'] as const;
export type ReportView = (typeof reportViews)[number];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
const day = /^\d{4}-\d{2}-\d{2}$/u;

/** Whatever else stands there is left out. */
export function reportSearch(search: Readonly<Record<string, unknown>>): ReportSearch {
  const view = reportViews.find((known) => known === search['view']);
  const matching = (key: string, fits: (text: string) => boolean) => {
    const value = search[key];
    return typeof value === 'string' && fits(value) ? { [key]: value } : {};
  };
  return {
    ...(view === undefined ? {} : { view }),
    ...matching('course', (text) => uuid.test(text)),
    ...matching('team', (text) => text !== '' && text.length <= 200),
    ...matching('department', (text) => text !== '' && text.length <= 200),
    ...matching('from', isDay),
    ...matching('to', isDay),
  };
}

const isDay = (text: string): boolean => day.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00`));

/** As the server takes it. */
export function filterOf({ course, team, department, from, to }: ReportSearch) {
  return {
    ...(course === undefined ? {} : { courseId: course }),
    ...(team === undefined ? {} : { team }),
    ...(department === undefined ? {} : { department }),
    ...(from === undefined ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to === undefined ? {} : { to: dayAfter(to).toISOString() }),
  };
}

function dayAfter(text: string): Date {
  const date = new Date(`${text}T00:00:00`);
  date.setDate(date.getDate() + 1);
  return date;
}

/** Where the file of a report is. A trend is exported from its chart. */
export function exportPath(view: ReportView | 'enrolments', search: ReportSearch): string {
  const query = new URLSearchParams(filterOf(search)).toString();
  const name = view === 'trend' ? 'enrolments' : view;
  return `/api/v1/reports/export/${name}${query === '' ? '' : `?${query}`}`;
}
