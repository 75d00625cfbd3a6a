import { CopyField } from '../design/copy-field.js';
import { t } from '../language/t.js';

/** A value of ours that the provider asks for. */
export function Value({ label, value }: { readonly label: string; readonly value: string }) {
  return <CopyField label={label} value={value} action={t('sso.copy')} done={t('sso.copied')} />;
}
