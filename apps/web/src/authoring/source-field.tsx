import { useQuery } from '@tanstack/react-query';
import { FileCheck2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MediaSource } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { formatBytes } from '../language/numbers.js';
import { t } from '../language/t.js';
import { mediaQuery } from './authoring.queries.js';
import { UploadField } from './upload/upload-field.js';
import './source-field.css';

interface SourceFieldProps {
  readonly label: string;
  readonly description?: string;
  /** Endings and media types that the chooser offers. */
  readonly accept: readonly string[];
  readonly value: MediaSource | null;
  readonly onChange: (source: MediaSource | null) => void;
}

/** Where a video, a file or a picture comes from: an upload, or an address. */
export function SourceField({ label, description, accept, value, onChange }: SourceFieldProps) {
  const [url, setUrl] = useState(value?.kind === 'link' ? value.url : '');
  return (
    <fieldset className="source">
      <legend className="field__label">{label}</legend>
      {value?.kind === 'media' ? (
        <StoredFile
          mediaId={value.mediaId}
          onRemove={() => {
            onChange(null);
          }}
        />
      ) : (
        <>
          <UploadField
            label={t('source.uploadOf', { field: label })}
            accept={accept}
            onUploaded={({ id }) => {
              setUrl('');
              onChange({ kind: 'media', mediaId: id });
            }}
          />
          <TextField
            label={t('source.link')}
            type="url"
            inputMode="url"
            placeholder={t('source.linkHint')}
            value={url}
            onChange={(text) => {
              setUrl(text);
              onChange(isWebAddress(text) ? { kind: 'link', url: text.trim() } : null);
            }}
            error={url !== '' && !isWebAddress(url) ? t('source.noAddress') : null}
          />
        </>
      )}
      {description !== undefined && <p className="field__description">{description}</p>}
    </fieldset>
  );
}

function StoredFile({ mediaId, onRemove }: { readonly mediaId: string; readonly onRemove: () => void }) {
  const api = useApi();
  const { data } = useQuery(mediaQuery(api, mediaId));
  return (
    <div className="source__file">
      {data?.contentType.startsWith('image/') === true ? (
        <img className="source__picture" src={data.url} alt="" />
      ) : (
        <FileCheck2 aria-hidden />
      )}
      <p className="source__name">
        {data?.name ?? t('source.stored')}
        {data !== undefined && <span className="source__size">{formatBytes(data.bytes)}</span>}
      </p>
      <Button look="quiet" size="s" icon={<Trash2 aria-hidden />} onPress={onRemove}>
        {t('source.remove')}
      </Button>
    </div>
  );
}

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text.trim()).protocol);
  } catch {
    return false;
  }
}
