import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useApi } from '../api/api-context.js';
import { Avatar } from '../design/avatar.js';
import { SkeletonText } from '../design/skeleton.js';
import { useSettled } from '../design/use-settled.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { type RuleForm } from './rule-form.js';
import { previewQuery } from './rules.queries.js';

/** Whom the rule would hold right now; follows every change of the form. */
export function RulePreviewPanel({ form }: { readonly form: RuleForm }) {
  const settled = useSettled(form, 300);
  const found = useQuery(previewQuery(useApi(), settled));
  return (
    <aside className="preview" aria-label={t('rules.preview')}>
      <h2 className="preview__title">
        <Users aria-hidden /> {t('rules.preview')}
      </h2>
      <Answer of={found} skeleton={<SkeletonText lines={6} />}>
        {({ people, everybody, newAssignments, alreadyEnrolled, sample }) => (
          <div className={found.isFetching ? 'preview__body preview__body--old' : 'preview__body'}>
            <p className="preview__count" role="status">
              <strong>{formatNumber(people)}</strong>{' '}
              {t('rules.preview.people', { count: people, all: everybody })}
            </p>
            {form.courses.length > 0 && (
              <dl className="preview__facts">
                <div>
                  <dt>{t('rules.preview.new')}</dt>
                  <dd>{formatNumber(newAssignments)}</dd>
                </div>
                <div>
                  <dt>{t('rules.preview.already')}</dt>
                  <dd>{formatNumber(alreadyEnrolled)}</dd>
                </div>
              </dl>
            )}
            {sample.length > 0 && (
              <>
                <ul className="preview__people">
                  {sample.map(({ userId, name, department, team, email }) => (
                    <li key={userId}>
                      <Avatar name={name} size="s" />
                      <span className="preview__who">
                        <span>{name}</span>
                        <span>{[department, team].filter((one) => one !== null).join(' · ') || email}</span>
                      </span>
                    </li>
                  ))}
                </ul>
                {people > sample.length && (
                  <p className="preview__more">
                    {t('rules.preview.more', { count: people - sample.length })}
                  </p>
                )}
              </>
            )}
            {people === 0 && <p className="preview__more">{t('rules.preview.nobody')}</p>}
          </div>
        )}
      </Answer>
    </aside>
  );
}
