import { useMemo } from 'react';
import { classNames } from '../design/class-names.js';
import { type CoverPattern, coverPattern } from './cover-pattern.js';
import './course-cover.css';

interface CourseCoverProps {
  readonly courseId: string;
  readonly coverUrl: string | null;
  /** How many tiles the drawn cover has; it is cut to the box like a picture. */
  readonly columns?: number;
  readonly rows?: number;
  readonly scheme?: CoverPattern['scheme'];
  readonly className?: string;
}

/** The author's picture, or a pattern in the tenant's colours. Decoration: the title stands beside it. */
export function CourseCover({
  courseId,
  coverUrl,
  columns = 6,
  rows = 3,
  scheme,
  className,
}: CourseCoverProps) {
  const pattern = useMemo(() => coverPattern(courseId, columns, rows), [courseId, columns, rows]);
  if (coverUrl !== null) {
    return (
      <img className={classNames('cover', className)} src={coverUrl} alt="" loading="lazy" decoding="async" />
    );
  }
  return (
    <svg
      className={classNames('cover', `cover--${scheme ?? pattern.scheme}`, className)}
      viewBox={`0 0 ${columns} ${rows}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      {pattern.shapes.map(({ path, tone }, index) => (
        <path key={index} d={path} className={`cover__tone-${tone}`} />
      ))}
    </svg>
  );
}
