import { useState } from 'react';
import { useBrand } from './brand-context.js';
import './brand-mark.css';

/** Wider than this and a logo is taken to carry the name itself. */
const WORDMARK_RATIO = 1.9;

/** The academy's logo; its name beside it unless the logo already says it. */
export function BrandMark() {
  const { name, branding } = useBrand();
  const [ratio, setRatio] = useState<number | null>(null);
  if (branding.logoUrl === null) {
    return (
      <span className="brand-mark">
        <span className="brand-mark__letter" aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        <span className="brand-mark__name">{name}</span>
      </span>
    );
  }
  const saysItsName = ratio === null || ratio > WORDMARK_RATIO;
  return (
    <span className="brand-mark">
      <span className="brand-mark__logo">
        <img
          src={branding.logoUrl}
          alt={saysItsName ? name : ''}
          onLoad={({ currentTarget }) => {
            setRatio(currentTarget.naturalWidth / Math.max(1, currentTarget.naturalHeight));
          }}
        />
      </span>
      {!saysItsName && <span className="brand-mark__name">{name}</span>}
    </span>
  );
}
