import { ShieldCheck } from 'lucide-react';
import { ButtonLink } from '../design/button-link.js';
import { Section } from '../design/section.js';
import { t } from '../language/t.js';

/** The way to everything about proving who one is. */
export function SecurityLink() {
  return (
    <Section title={t('accountSecurity.title')} lead={t('accountSecurity.linkLead')}>
      <ButtonLink to="/account/security" look="secondary" icon={<ShieldCheck aria-hidden />}>
        {t('accountSecurity.link')}
      </ButtonLink>
    </Section>
  );
}
