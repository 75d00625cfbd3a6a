import { useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useApi } from '../api/api-context.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { signInOptionsQuery } from './security.queries.js';
import './security.css';

interface CompanySignInProps {
  /** Where to go on afterwards. */
  readonly next: string;
  /** What became of the last attempt, if it brought the browser back here. */
  readonly problem: string | undefined;
  readonly reference: string | undefined;
}

/** The connections of the academy, above the fields for a password. */
export function CompanySignIn({ next, problem, reference }: CompanySignInProps) {
  const { data } = useQuery(signInOptionsQuery(useApi()));
  const connections = data?.connections ?? [];
  return (
    <div className="sso-ways">
      {problem !== undefined && (
        <Notice tone="bad" title={t('sso.problem.title')} live>
          {reference === undefined ? t('sso.problem.text') : t('sso.problem.reference', { reference })}
        </Notice>
      )}
      {connections.map(({ id, name, startUrl }) => (
        <a
          key={id}
          className="button button--secondary button--l button--wide"
          href={`${startUrl}?returnTo=${encodeURIComponent(next)}`}
        >
          <span className="button__content">
            <Building2 aria-hidden />
            <span>{t('sso.continueWith', { name })}</span>
          </span>
        </a>
      ))}
      {data?.password === false && <p>{t('sso.passwordsClosed')}</p>}
    </div>
  );
}
