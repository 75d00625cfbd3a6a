import { type ReactNode } from 'react';
import { classNames } from './class-names.js';

/** What everything that looks like a button can be told of its looks. */
export interface ButtonLooks {
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'quiet-danger' | 'inverse';
  readonly size?: 's' | 'm' | 'l';
  readonly wide?: boolean;
  /** Shown before the label. */
  readonly icon?: ReactNode;
  /** Shown after the label. */
  readonly iconAfter?: ReactNode;
}

export const buttonClass = (
  { look, size, wide }: Required<Pick<ButtonLooks, 'look' | 'size' | 'wide'>>,
  more?: string,
): string => classNames('button', `button--${look}`, `button--${size}`, wide && 'button--wide', more);
