import type { AuthoredCourse } from '#libs/contracts/courses';
import { Badge } from '../design/badge.js';
import { t } from '../language/t.js';

export function CourseStateBadge({ course }: { readonly course: AuthoredCourse }) {
  switch (course.status) {
    case 'deleted':
      return <Badge tone="bad">{t('authoring.deleted')}</Badge>;
    case 'draft':
      return <Badge>{t('authoring.draft')}</Badge>;
    case 'published':
      return (
        <>
          <Badge tone="good">{t('authoring.published')}</Badge>
          {course.unpublishedChanges && <Badge tone="warn">{t('authoring.unpublished')}</Badge>}
        </>
      );
  }
}
