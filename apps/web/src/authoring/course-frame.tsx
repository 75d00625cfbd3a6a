import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type ReactNode } from 'react';
import { useApi } from '../api/api-context.js';
import { PageHeading } from '../design/page-heading.js';
import { t } from '../language/t.js';
import { authoredCourseQuery } from './authoring.queries.js';
import './editor.css';

interface CourseFrameProps {
  readonly courseId: string;
  readonly title: string;
  readonly lead: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page about one course: the way back to it, and what the page is. */
export function CourseFrame({ courseId, title, lead, actions, children }: CourseFrameProps) {
  const api = useApi();
  const course = useQuery(authoredCourseQuery(api, courseId));
  return (
    <div className="course-frame">
      <nav aria-label={t('nav.breadcrumbs')}>
        <ol className="crumbs">
          <li>
            <Link to="/author">{t('nav.authoring')}</Link>
            <ChevronRight aria-hidden />
          </li>
          <li>
            <Link to="/author/$courseId" params={{ courseId }}>
              {course.data?.title ?? t('editor.course')}
            </Link>
            <ChevronRight aria-hidden />
          </li>
        </ol>
      </nav>
      <PageHeading title={title} actions={actions}>
        {lead}
      </PageHeading>
      {children}
    </div>
  );
}
