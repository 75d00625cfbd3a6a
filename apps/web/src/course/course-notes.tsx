import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { NotebookPen } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '../api/api-context.js';
import { SkeletonText } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { notesQuery } from '../player/note.queries.js';
import { Answer } from '../shell/answer.js';
import './course-notes.css';

/** All that the learner wrote down in a course; asked for when it is opened. */
export function CourseNotes({ enrolmentId }: { readonly enrolmentId: string }) {
  const [isOpen, setOpen] = useState(false);
  const notes = useQuery({ ...notesQuery(useApi(), enrolmentId), enabled: isOpen });
  return (
    <details
      className="course-notes"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <NotebookPen aria-hidden /> {t('note.title')}
      </summary>
      {isOpen && (
        <Answer of={notes} skeleton={<SkeletonText lines={3} />}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="course-notes__none">{t('note.none')}</p>
            ) : (
              <ul className="course-notes__list">
                {items.map(({ lessonId, lessonTitle, text }) => (
                  <li key={lessonId}>
                    <Link to="/learn/$enrolmentId/$lessonId" params={{ enrolmentId, lessonId }}>
                      {lessonTitle}
                    </Link>
                    <p className="course-notes__text" dir="auto">
                      {text}
                    </p>
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      )}
    </details>
  );
}
