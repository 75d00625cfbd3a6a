import { Link } from '@tanstack/react-router';
import { type ReactNode } from 'react';
import { CourseCover } from './course-cover.js';
import './course-card.css';

interface CourseCardProps {
  readonly courseId: string;
  readonly coverUrl: string | null;
  readonly title: string;
  readonly summary?: string;
  /** Over the cover. */
  readonly badge?: ReactNode;
  /** Above the title: small facts. */
  readonly facts?: ReactNode;
  readonly footer?: ReactNode;
  /** The link around the title; it covers the whole card. */
  readonly link: CardLink;
}

type CardLink =
  | { readonly to: '/courses/$courseId'; readonly params: { readonly courseId: string } }
  | { readonly to: '/learn/$enrolmentId'; readonly params: { readonly enrolmentId: string } };

export function CourseCard({
  courseId,
  coverUrl,
  title,
  summary,
  badge,
  facts,
  footer,
  link,
}: CourseCardProps) {
  return (
    <article className="course-card">
      <div className="course-card__cover">
        <CourseCover courseId={courseId} coverUrl={coverUrl} />
        {badge !== undefined && <div className="course-card__badge">{badge}</div>}
      </div>
      <div className="course-card__body">
        <h3 className="course-card__title">
          <Link {...link} className="course-card__link">
            {title}
          </Link>
        </h3>
        {summary !== undefined && summary !== '' && <p className="course-card__summary">{summary}</p>}
        {facts !== undefined && <div className="course-card__facts">{facts}</div>}
        {footer !== undefined && <div className="course-card__footer">{footer}</div>}
      </div>
    </article>
  );
}

export function CourseGrid({ children }: { readonly children: ReactNode }) {
  return <ul className="course-grid">{children}</ul>;
}
