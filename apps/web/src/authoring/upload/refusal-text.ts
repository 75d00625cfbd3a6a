import { type ApiProblem } from '../../api/problem.js';
import { t } from '../../language/t.js';

/** Why a file was refused, in the reader's words where the reason is one of the known ones. */
export function refusalText({ code, detail, status }: ApiProblem): string {
  switch (code) {
    case 'media.type_not_allowed':
      return t('refused.type');
    case 'media.too_large':
    case 'request.too_large':
      return t('refused.tooLarge');
    case 'media.empty':
      return t('refused.empty');
    case 'media.svg_unsafe':
    case 'media.svg_too_large':
      return t('refused.svg', { reason: detail });
    case 'media.archive_bomb':
      return t('refused.bomb', { reason: detail });
    case 'media.archive_nested':
    case 'media.archive_unsafe':
    case 'media.archive_encrypted':
    case 'media.archive_damaged':
      return t('refused.archive', { reason: detail });
    case 'limit.storage_exceeded':
      return t('refused.quota');
    default:
      return detail === '' || status >= 500 ? t('refused.unknown') : detail;
  }
}
