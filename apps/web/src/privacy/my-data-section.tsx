import { Download } from 'lucide-react';
import { ButtonAnchor } from '../design/button-link.js';
import { Section } from '../design/section.js';
import { t } from '../language/t.js';

/** Everything that is held about who is signed in, to take home. */
export function MyDataSection() {
  return (
    <Section title={t('account.data.title')} lead={t('account.data.lead')}>
      <ButtonAnchor look="secondary" href="/api/v1/me/data" download icon={<Download aria-hidden />}>
        {t('account.data.download')}
      </ButtonAnchor>
    </Section>
  );
}
