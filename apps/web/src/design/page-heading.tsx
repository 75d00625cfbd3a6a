import { type ReactNode } from 'react';
import './page-heading.css';

interface PageHeadingProps {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The one h1 of a page; it takes the focus when the page is entered. */
export function PageHeading({ title, children, actions }: PageHeadingProps) {
  return (
    <div className="page-heading">
      <div className="page-heading__text">
        <h1 className="page-heading__title" tabIndex={-1}>
          {title}
        </h1>
        {children !== undefined && <p className="page-heading__lead">{children}</p>}
      </div>
      {actions !== undefined && <div className="page-heading__actions">{actions}</div>}
    </div>
  );
}
