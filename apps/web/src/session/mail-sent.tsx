import { Link } from '@tanstack/react-router';
import { MailCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../language/t.js';
import './mail-sent.css';

interface MailSentProps {
  readonly title: string;
  readonly children: string;
}

/** After a form whose answer comes by mail; says the same whether the address is known or not. */
export function MailSent({ title, children }: MailSentProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div className="mail-sent">
      <MailCheck aria-hidden className="mail-sent__icon" />
      <h2 ref={heading} tabIndex={-1} className="mail-sent__title">
        {title}
      </h2>
      <p>{children}</p>
      <p>
        <Link to="/sign-in">{t('signIn.back')}</Link>
      </p>
    </div>
  );
}
