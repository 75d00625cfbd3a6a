import { type ReactNode, useId } from 'react';
import type { MyCourse } from '#libs/contracts/courses';
import { CourseGrid } from '../course/course-card.js';
import { MyCourseCard } from './my-course-card.js';

interface PartProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a learner's page. */
export function Part({ title, aside, children }: PartProps) {
  const id = useId();
  return (
    <section className="home__part" aria-labelledby={id}>
      <div className="home__head">
        <h2 className="home__title" id={id}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

interface CoursePartProps {
  readonly title: string;
  readonly courses: readonly MyCourse[];
}

/** Some of one's courses; nothing where there are none. */
export function CoursePart({ title, courses }: CoursePartProps) {
  if (courses.length === 0) return null;
  return (
    <Part title={title}>
      <CourseGrid>
        {courses.map((course) => (
          <li key={course.enrolmentId}>
            <MyCourseCard course={course} />
          </li>
        ))}
      </CourseGrid>
    </Part>
  );
}
