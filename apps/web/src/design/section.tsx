import { type ReactNode, useId } from 'react';
import './section.css';

interface SectionProps {
  readonly title: string;
  readonly id?: string;
  readonly children: ReactNode;
  readonly lead?: string;
  readonly actions?: ReactNode;
}

/** A titled part of a page of settings: what it is about on the left, the controls on the right. */
export function Section({ title, id, lead, actions, children }: SectionProps) {
  const own = useId();
  const titleId = id ?? own;
  return (
    <section className="section" aria-labelledby={titleId}>
      <div className="section__about">
        <h2 id={titleId} className="section__title">
          {title}
        </h2>
        {lead !== undefined && <p className="section__lead">{lead}</p>}
        {actions}
      </div>
      <div className="section__content">{children}</div>
    </section>
  );
}
