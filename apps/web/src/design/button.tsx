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

const className = ({ look = 'primary', size = 'm', wide = false }: Looks, more?: string): string =>
  classNames('button', `button--${look}`, `button--${size}`, wide && 'button--wide', more);

interface ButtonProps extends Looks, Omit<AriaButtonProps, 'children' | 'className'> {
  readonly children: ReactNode;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** Keeps its width and its focus while pending. */
export function Button({
  look,
  size,
  wide,
  icon,
  iconAfter,
  children,
  className: more,
  ...props
}: ButtonProps) {
  return (
    <AriaButton {...props} className={className({ look, size, wide } as Looks, more)}>
      {({ isPending }) => (
        <>
          {isPending && <Spinner className="button__spinner" />}
          <span className={classNames('button__content', isPending && 'button__content--hidden')}>
            {icon}
            <span>{children}</span>
            {iconAfter}
          </span>
        </>
      )}
    </AriaButton>
  );
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
  look,
  size,
  wide,
  icon,
  iconAfter,
  children,
  className: more,
  ...props
}: ButtonAnchorProps) {
  return (
    <a {...props} className={className({ look, size, wide } as Looks, more)}>
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
