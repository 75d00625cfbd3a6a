import type { CatalogueDetail } from '#libs/contracts/courses';
import { formatMinutes } from '../language/minutes.js';
import { t } from '../language/t.js';
import { lessonKindIcon, lessonKindName } from './lesson-kind.js';
import './course-contents.css';

/** The table of contents, to read before enrolling. */
export function CourseContents({ modules }: Pick<CatalogueDetail, 'modules'>) {
  return (
    <ol className="contents">
      {modules.map((module, index) => (
        <li key={index} className="contents__module">
          <h3 className="contents__title">
            <span className="contents__number" aria-hidden="true">
              {index + 1}
            </span>
            {module.title}
          </h3>
          <ul className="contents__lessons">
            {module.lessons.map((lesson, place) => {
              const Icon = lessonKindIcon[lesson.kind];
              return (
                <li key={place} className="contents__lesson">
                  <Icon aria-hidden />
                  <span className="contents__name">{lesson.title}</span>
                  <span className="contents__meta">
                    {lesson.minutes > 0 ? formatMinutes(lesson.minutes) : t(lessonKindName[lesson.kind])}
                  </span>
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ol>
  );
}
