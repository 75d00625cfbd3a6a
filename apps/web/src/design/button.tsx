import { createLink, type LinkComponent } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type ReactNode, type Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classNames } from './class-names.js';
import { Spinner } from './spinner.js';
import './button.css';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger' | 'inverse';
type Size = 's' | 'm' | 'l';

interface Looks {
  readonly look?: Look;
  readonly size?: Size;
  readonly wide?: boolean;
  /** Shown before the label. */
  readonly icon?: ReactNode;
  /** Shown after the label. */
  readonly iconAfter?: ReactNode;
}

const className = (
  { look, size, wide }: Required<Pick<Looks, 'look' | 'size' | 'wide'>>,
  more?: string,
): string => classNames('button', `button--${look}`, `button--${size}`, wide && 'button--wide', more);

interface ButtonProps extends Looks, Omit<AriaButtonProps, 'children' | 'className' | 'onPress'> {
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
      className={className({ look, size, wide }, more)}
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

interface ButtonAnchorProps extends Looks, AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link that looks like a button: it goes somewhere. */
export function ButtonAnchor({
  look = 'primary',
  size = 'm',
  wide = false,
  icon,
  iconAfter,
  children,
  className: more,
  ...props
}: ButtonAnchorProps) {
  return (
    <a {...props} className={className({ look, size, wide }, more)}>
      <span className="button__content">
        {icon}
        <span>{children}</span>
        {iconAfter}
      </span>
    </a>
  );
}

/** A ButtonAnchor to a route of this app. */
export const ButtonLink: LinkComponent<typeof ButtonAnchor> = createLink(ButtonAnchor);
