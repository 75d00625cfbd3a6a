import { Languages } from 'lucide-react';
import { ownNameOf } from '../language/language-name.js';
import { languageOf, languages } from '../language/languages.js';
import { rememberTag } from '../language/reader.js';
import { language } from '../language/speech.js';
import { t } from '../language/t.js';
import './language-switch.css';

/** In front of the sign-in, where no profile says it. */
export function LanguageSwitch() {
  const choose = (tag: string): void => {
    rememberTag(languageOf(tag), localStorage);
    window.location.reload();
  };
  return (
    <label className="language-switch">
      <Languages aria-hidden />
      <span className="visually-hidden">{t('account.languageField')}</span>
      <select
        value={language()}
        onChange={(event) => {
          choose(event.target.value);
        }}
      >
        {languages.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {ownNameOf(tag)}
          </option>
        ))}
      </select>
    </label>
  );
}
