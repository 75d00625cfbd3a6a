import { type ReactNode } from 'react';
import { useBrand } from '../brand/brand-context.js';
import { BrandMark } from '../brand/brand-mark.js';
import { CourseCover } from '../course/course-cover.js';
import { t } from '../language/t.js';
import { LanguageSwitch } from './language-switch.js';
import { SkipLink } from '../shell/skip-link.js';
import './auth-layout.css';

interface AuthLayoutProps {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly motto?: string;
}

/** The pages in front of the sign-in: one form, and the academy in its colours. */
export function AuthLayout({ title, lead, children, footer, motto = t('signIn.motto') }: AuthLayoutProps) {
  const brand = useBrand();
  return (
    <div className="auth">
      <SkipLink />
      <div className="auth__side">
        <header className="auth__header">
          <BrandMark />
          <LanguageSwitch />
        </header>
        <main id="main" className="auth__main" tabIndex={-1}>
          <h1 className="auth__title" tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className="auth__lead">{lead}</p>}
          {children}
          {footer !== undefined && footer !== false && <div className="auth__footer">{footer}</div>}
        </main>
      </div>
      <div className="auth__panel" aria-hidden="true">
        <div className="auth__art">
          <CourseCover courseId={brand.slug} coverUrl={null} columns={5} rows={6} scheme="deep" />
        </div>
        <p className="auth__motto">{motto}</p>
      </div>
    </div>
  );
}
