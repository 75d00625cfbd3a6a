import { initialsOf } from './initials.js';
import './avatar.css';

/** The initials of a person; the name stands beside it or labels the control around it. */
export function Avatar({ name, size = 'm' }: { readonly name: string; readonly size?: 's' | 'm' | 'l' }) {
  return <span className={`avatar avatar--${size}`} data-initials={initialsOf(name)} aria-hidden="true" />;
}
