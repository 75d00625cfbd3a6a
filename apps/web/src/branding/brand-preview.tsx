import { useState } from 'react';
import { SelectField } from '../design/field.js';
import { t } from '../language/t.js';
import './branding.css';

interface BrandPreviewProps {
  readonly name: string;
  readonly logoUrl: string | null;
  readonly primaryColor: string;
  readonly secondaryColor: string;
}

const views = ['signIn', 'home'] as const;

/** The academy in the colours that are being chosen. A picture of it: nothing here can be used. */
export function BrandPreview({ name, logoUrl, primaryColor, secondaryColor }: BrandPreviewProps) {
  const [view, setView] = useState<(typeof views)[number]>('signIn');
  const mark =
    logoUrl === null ? <strong>{name}</strong> : <img className="preview__logo" src={logoUrl} alt="" />;
  const paint = { backgroundColor: primaryColor, color: '#ffffff' };
  const ink = { color: primaryColor };
  const deep = { backgroundColor: secondaryColor, color: '#ffffff' };
  const heading = { color: secondaryColor };
  return (
    <aside className="branding__preview" aria-label={t('branding.preview')}>
      <SelectField
        label={t('branding.preview')}
        value={view}
        onChange={setView}
        options={views.map((value) => ({ value, label: t(`branding.preview.${value}`) }))}
      />
      <div className="preview" aria-hidden="true">
        {view === 'signIn' ? (
          <div className="preview__sign-in">
            <div className="preview__form">
              {mark}
              <p className="preview__title" style={heading}>
                {t('branding.sample.signIn')}
              </p>
              <span className="preview__input" />
              <span className="preview__input" />
              <span className="preview__button" style={paint}>
                {t('branding.sample.signIn')}
              </span>
              <span style={ink}>{t('branding.sample.forgot')}</span>
            </div>
            <div className="preview__panel" style={deep}>
              <span>{name}</span>
            </div>
          </div>
        ) : (
          <div className="preview__home">
            <div className="preview__bar">
              {mark}
              <span style={ink}>{t('nav.learning')}</span>
              <span>{t('nav.catalogue')}</span>
            </div>
            <p className="preview__title" style={heading}>
              {t('branding.sample.hello')}
            </p>
            <div className="preview__card">
              <span className="preview__cover" style={deep} />
              <span className="preview__lines">
                <strong>{t('branding.sample.course')}</strong>
                <span className="preview__track">
                  <span style={paint} />
                </span>
                <span className="preview__button" style={paint}>
                  {t('branding.sample.resume')}
                </span>
              </span>
            </div>
          </div>
        )}
      </div>
    </aside>
  );
}
