import { DomainError } from '#libs/kernel';
import {
  brandAssetTypes,
  explainContrast,
  MAX_BRAND_ASSET_BYTES,
  type UnreadablePair,
} from '#libs/contracts/tenants';

export class ContrastTooLow extends DomainError {
  /** `at` is where the colours are in the body. */
  constructor(pairs: readonly UnreadablePair[], at = '') {
    super('invalid', 'branding.contrast_too_low', pairs.map(explainContrast).join(' '), {
      faults: pairs.map((pair) => ({
        pointer: `${at}/${pair.color}`,
        code: 'contrast_too_low',
        detail: explainContrast(pair),
      })),
    });
  }
}

export class PictureUnsupported extends DomainError {
  constructor() {
    super(
      'unsupported',
      'branding.picture_unsupported',
      `The picture is none of ${brandAssetTypes.join(', ')}. Its content decides, not its name.`,
    );
  }
}

export class PictureTooLarge extends DomainError {
  constructor() {
    super(
      'too_large',
      'branding.picture_too_large',
      `A logo or favicon has at most ${MAX_BRAND_ASSET_BYTES / 1024} KiB.`,
    );
  }
}

export class PictureNotFound extends DomainError {
  constructor() {
    super('not_found', 'branding.picture_not_found', 'This academy has no such picture.');
  }
}
