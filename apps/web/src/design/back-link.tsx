import { createLink, type LinkComponent } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { type AnchorHTMLAttributes, type Ref } from 'react';
import './back-link.css';

interface BackAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

function BackAnchor({ children, ...props }: BackAnchorProps) {
  return (
    <a {...props} className="back-link">
      <ChevronLeft aria-hidden /> {children}
    </a>
  );
}

/** Above a page's heading: to the list that the page is one of. */
export const BackLink: LinkComponent<typeof BackAnchor> = createLink(BackAnchor);
