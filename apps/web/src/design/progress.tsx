import { type ReactNode } from 'react';
import { formatPercent } from '../language/numbers.js';
import './progress.css';

interface ProgressProps {
  /** What is in progress, for those who do not see the bar. */
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
}

export function ProgressBar({ label, value }: ProgressProps) {
  const percent = Math.max(0, Math.min(100, value * 100));
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={formatPercent(value)}
    >
      <div className="progress__track">
        <div
          className={value >= 1 ? 'progress__fill progress__fill--done' : 'progress__fill'}
          style={{ inlineSize: `${percent}%` }}
        />
      </div>
    </div>
  );
}

interface RingProps extends ProgressProps {
  readonly children?: ReactNode;
  readonly tone?: 'accent' | 'good' | 'warn';
}

export function ProgressRing({ label, value, children, tone = 'accent' }: RingProps) {
  const percent = Math.max(0, Math.min(100, value * 100));
  return (
    <div
      className={`ring ring--${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={formatPercent(value)}
    >
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle className="ring__track" cx="22" cy="22" r="19" />
        <circle
          className="ring__fill"
          cx="22"
          cy="22"
          r="19"
          pathLength="100"
          strokeDasharray={`${percent} 100`}
          opacity={percent === 0 ? 0 : 1}
        />
      </svg>
      <div className="ring__content">{children}</div>
    </div>
  );
}
