import { t } from '../language/t.js';

export function SkipLink() {
  return (
    <a className="skip-link" href="#main">
      {t('nav.skip')}
    </a>
  );
}
