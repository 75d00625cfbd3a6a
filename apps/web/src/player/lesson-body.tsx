import { ExternalLink, FileDown } from 'lucide-react';
import { use, useEffect, useRef } from 'react';
import type { LearnerLesson } from '#libs/contracts/courses';
import { ContentLanguage } from '../course/content-language.js';
import { ButtonAnchor } from '../design/button-link.js';
import { trustedMarkup } from '../design/trusted-markup.js';
import { t } from '../language/t.js';
import './prose.css';

/** HTML that the server has sanitised. */
export function Article({ html }: { readonly html: string }) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The empty corner of a table heads nothing.
    for (const corner of body.current?.querySelectorAll('th:empty') ?? []) {
      corner.setAttribute('role', 'cell');
    }
    // A wide table scrolls by itself: then the keyboard must reach it.
    for (const table of body.current?.querySelectorAll('table') ?? []) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    }
  }, [html]);
  return (
    <div
      ref={body}
      className="prose"
      dir="auto"
      lang={use(ContentLanguage)}
      dangerouslySetInnerHTML={trustedMarkup(html)}
    />
  );
}

type FileOf = Extract<LearnerLesson, { kind: 'file' }>;

export function FileLesson({ lesson }: { readonly lesson: FileOf }) {
  const own = lesson.url.startsWith('/');
  return (
    <>
      {lesson.descriptionHtml !== '' && <Article html={lesson.descriptionHtml} />}
      <div className="attachment">
        <span className="attachment__mark" aria-hidden="true">
          {own ? <FileDown /> : <ExternalLink />}
        </span>
        <p className="attachment__name">{lesson.title}</p>
        <ButtonAnchor
          href={lesson.url}
          look="secondary"
          {...(own ? { download: '' } : { target: '_blank', rel: 'noopener noreferrer' })}
        >
          {own ? t('lesson.download') : t('lesson.openLink')}
        </ButtonAnchor>
      </div>
    </>
  );
}
