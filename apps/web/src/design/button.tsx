import { type ReactNode, type Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { buttonClass, type ButtonLooks } from './button-look.js';
import { classNames } from './class-names.js';
import { Spinner } from './spinner.js';
import './button.css';

interface ButtonProps extends ButtonLooks, Omit<AriaButtonProps, 'children' | 'className' | 'onPress'> {
  readonly children: ReactNode;
  readonly className?: string;
  /** The work is under way: the button keeps its width and its focus, and does nothing. */
  readonly isPending?: boolean;
  readonly onPress?: (() => void) | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = 'primary',
  size = 'm',
  wide = false,
  icon,
  iconAfter,
  children,
  className: more,
  isPending = false,
  onPress,
  type = 'button',
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      type={isPending ? 'button' : type}
      aria-disabled={isPending}
      onPress={isPending || onPress === undefined ? ignore : onPress}
      className={buttonClass({ look, size, wide }, more)}
    >
      {isPending && <Spinner className="button__spinner" />}
      <span className={classNames('button__content', isPending && 'button__content--hidden')}>
        {icon}
        <span>{children}</span>
        {iconAfter}
      </span>
    </AriaButton>
  );
}

function ignore(): void {
  // Pending, or a submit button whose form does the work.
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'aria-label'> {
  readonly label: string;
  readonly children: ReactNode;
  readonly look?: 'quiet' | 'bordered';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, children, look = 'quiet', ...props }: IconButtonProps) {
  return (
    <AriaButton {...props} aria-label={label} className={classNames('icon-button', `icon-button--${look}`)}>
      {children}
    </AriaButton>
  );
}
