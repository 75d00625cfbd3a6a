import { TextField } from '../design/field.js';
import { t } from '../language/t.js';

interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
}

interface OidcClientFieldsProps {
  readonly value: OidcClient;
  readonly onChange: (change: Partial<OidcClient>) => void;
}

/** Which provider it is, and as which client it knows the academy. */
export function OidcClientFields({ value, onChange }: OidcClientFieldsProps) {
  return (
    <>
      <TextField
        label={t('sso.issuer')}
        description={t('sso.issuerAbout')}
        mono
        value={value.issuer}
        onChange={(issuer) => {
          onChange({ issuer });
        }}
        isRequired
      />
      <TextField
        label={t('sso.clientId')}
        mono
        value={value.clientId}
        onChange={(clientId) => {
          onChange({ clientId });
        }}
        isRequired
      />
    </>
  );
}
