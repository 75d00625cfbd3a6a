import { type DataColumn } from '../design/data-table.js';
import { t } from '../language/t.js';
import '../design/table.css';

interface Learner {
  readonly name: string;
  readonly email: string;
  readonly courseTitle: string;
}

/** Who it is, with the address below. */
export const personColumn: DataColumn<Learner> = {
  id: 'name',
  get title() {
    return t('field.name');
  },
  width: '2fr',
  minWidth: 200,
  cell: ({ name, email }) => (
    <span className="two-lines">
      <span className="table__name">{name}</span>
      <span className="table__detail">{email}</span>
    </span>
  ),
};

export const courseColumn: DataColumn<Learner> = {
  id: 'course',
  get title() {
    return t('reports.course');
  },
  width: '2fr',
  minWidth: 180,
  cell: ({ courseTitle }) => courseTitle,
};
