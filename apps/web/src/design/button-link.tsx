import { createLink, type LinkComponent } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type Ref } from 'react';
import { buttonClass, type ButtonLooks } from './button-look.js';
import './button.css';

interface ButtonAnchorProps extends ButtonLooks, AnchorHTMLAttributes<HTMLAnchorElement> {
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
    <a {...props} className={buttonClass({ look, size, wide }, more)}>
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
