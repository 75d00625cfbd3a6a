import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, type Ref } from 'react';
import './notice.css';

type Tone = 'info' | 'good' | 'warn' | 'bad';

const icons = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Announces itself when it appears: failures at once, the rest when the reader pauses. */
  readonly live?: boolean;
  readonly ref?: Ref<HTMLDivElement>;
}

export function Notice({ tone, title, children, action, live = false, ref }: NoticeProps) {
  const Icon = icons[tone];
  const role = tone === 'bad' ? 'alert' : 'status';
  return (
    <div ref={ref} className={`notice notice--${tone}`} tabIndex={-1} {...(live ? { role } : {})}>
      <Icon aria-hidden className="notice__icon" />
      <div className="notice__body">
        {title !== undefined && <p className="notice__title">{title}</p>}
        {children !== undefined && <div className="notice__text">{children}</div>}
      </div>
      {action !== undefined && <div className="notice__action">{action}</div>}
    </div>
  );
}
