import { type ReactNode } from 'react';
import { ProgressBar } from '../design/progress.js';
import { formatNumber, formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import './reports.css';

export interface Counts {
  readonly enrolled: number;
  readonly notStarted: number;
  readonly inProgress: number;
  readonly completed: number;
  readonly overdue: number;
}

export const shareOf = ({ enrolled, completed }: Pick<Counts, 'enrolled' | 'completed'>): number =>
  enrolled === 0 ? 0 : completed / enrolled;

interface TilesProps {
  readonly counts: Counts;
  /** Before the counts: how many people, how many courses. */
  readonly children?: ReactNode;
}

/** The few numbers that answer most questions. */
export function Tiles({ counts, children }: TilesProps) {
  const share = shareOf(counts);
  return (
    <dl className="tiles">
      {children}
      <Tile name={t('reports.enrolled')}>{formatNumber(counts.enrolled)}</Tile>
      <Tile name={t('reports.completed')} detail={formatPercent(share)}>
        {formatNumber(counts.completed)}
      </Tile>
      <Tile name={t('reports.inProgress')}>{formatNumber(counts.inProgress)}</Tile>
      <Tile name={t('reports.overdue')} tone={counts.overdue > 0 ? 'bad' : 'plain'}>
        {formatNumber(counts.overdue)}
      </Tile>
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly detail?: string;
  readonly tone?: 'plain' | 'bad';
  readonly children: string;
}

export function Tile({ name, detail, tone = 'plain', children }: TileProps) {
  return (
    <div className={`tile tile--${tone}`}>
      <dt className="tile__name">{name}</dt>
      <dd className="tile__value">
        {children}
        {detail !== undefined && <span className="tile__detail">{detail}</span>}
      </dd>
    </div>
  );
}

/** How much is completed, as a bar and in words. */
export function Completion({ counts, of }: { readonly counts: Counts; readonly of: string }) {
  const share = shareOf(counts);
  return (
    <span className="completion">
      <ProgressBar label={t('reports.completionOf', { name: of })} value={share} />
      <span aria-hidden="true">{formatPercent(share)}</span>
    </span>
  );
}

export function Overdue({ count }: { readonly count: number }) {
  return count === 0 ? (
    <span className="overdue-count">0</span>
  ) : (
    <strong className="overdue-count overdue-count--some">{formatNumber(count)}</strong>
  );
}
