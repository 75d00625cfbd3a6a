import { type LucideIcon } from 'lucide-react';
import { type ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly level?: 1 | 2;
}

/** Nothing here (yet): says why and what to do next. */
export function EmptyState({ icon: Icon, title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="empty">
      <div className="empty__mark" aria-hidden="true">
        <Icon />
      </div>
      <Heading className="empty__title" {...(level === 1 ? { tabIndex: -1 } : {})}>
        {title}
      </Heading>
      {children !== undefined && <p className="empty__text">{children}</p>}
      {action !== undefined && <div className="empty__action">{action}</div>}
    </div>
  );
}
