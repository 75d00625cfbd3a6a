import { type ComponentProps } from 'react';
import { buttonClass, type ButtonLooks } from './button-look.js';
import { classNames } from './class-names.js';
import './button.css';

type PlainButtonProps = Pick<ButtonLooks, 'look' | 'size'> & Omit<ComponentProps<'button'>, 'className'>;

/** The browser's own button in the looks of Button: for what stands on the first page, which does without React Aria. */
export function PlainButton({ look = 'primary', size = 'm', children, ...props }: PlainButtonProps) {
  return (
    <button type="button" {...props} className={buttonClass({ look, size, wide: false })}>
      <span className="button__content">{children}</span>
    </button>
  );
}

interface PlainIconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'aria-label'> {
  readonly label: string;
}

export function PlainIconButton({ label, ...props }: PlainIconButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      className={classNames('icon-button', 'icon-button--quiet')}
    />
  );
}
