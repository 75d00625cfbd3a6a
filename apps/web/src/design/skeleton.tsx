import { type ReactNode } from 'react';
import { t } from '../language/t.js';
import { classNames } from './class-names.js';
import './skeleton.css';

/** A grey stand-in of the size of what will come, so that nothing jumps. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div className={classNames('skeleton', className)} aria-hidden="true" />;
}

export function SkeletonText({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className="skeleton-text" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton skeleton--line" />
      ))}
    </div>
  );
}

/** Tells assistive technology that something is on its way; the skeletons inside are silent. */
export function Loading({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <div aria-busy="true">
      <p className="visually-hidden" role="status">
        {label ?? t('state.loading')}
      </p>
      {children}
    </div>
  );
}
