import { classNames } from './class-names.js';
import './spinner.css';

/** Decoration; whoever waits says so in words. */
export function Spinner({ className }: { readonly className?: string }) {
  return (
    <svg className={classNames('spinner', className)} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" pathLength="100" />
    </svg>
  );
}
