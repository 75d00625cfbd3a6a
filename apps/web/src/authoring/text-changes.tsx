import type { TextPart } from '#libs/contracts/courses';
import { t } from '../language/t.js';
import './changes.css';

/** What became of a text: struck out where it is gone, underlined where it is new, and both said to who cannot see it. */
export function TextChanges({ parts }: { readonly parts: readonly TextPart[] }) {
  return (
    <div className="text-changes" dir="auto">
      {parts.map(({ kind, text }, index) => {
        switch (kind) {
          case 'added':
            return <ins key={index}>{text}</ins>;
          case 'removed':
            return <del key={index}>{text}</del>;
          case 'skipped':
            return (
              <span key={index} className="text-changes__gap" role="img" aria-label={t('diff.skipped')}>
                …
              </span>
            );
          case 'same':
            return <span key={index}>{text}</span>;
        }
      })}
    </div>
  );
}
