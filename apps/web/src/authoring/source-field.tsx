import { useMutation } from '@tanstack/react-query';
import { Trash2, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { MediaSource } from '#libs/contracts/courses';
import type { uploadMedia } from '#libs/contracts/media';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import './source-field.css';

interface SourceFieldProps {
  readonly label: string;
  readonly description?: string;
  /** What the file chooser offers. */
  readonly accept: string;
  readonly value: MediaSource | null;
  readonly onChange: (source: MediaSource | null) => void;
}

/** Where a video, a file or a picture comes from: an address, or an upload. */
export function SourceField({ label, description, accept, value, onChange }: SourceFieldProps) {
  const api = useApi();
  const chooser = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState(value?.kind === 'link' ? value.url : '');
  const [fileName, setFileName] = useState<string | null>(null);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const { data } = await api.send<typeof uploadMedia>('POST', '/api/v1/media', {
        query: { name: file.name },
        file,
      });
      return data;
    },
    onSuccess: (media) => {
      setFileName(media.name);
      setUrl('');
      onChange({ kind: 'media', mediaId: media.id });
    },
  });
  return (
    <fieldset className="source">
      <legend className="field__label">{label}</legend>
      {value?.kind === 'media' ? (
        <div className="source__file">
          <p>{fileName ?? t('source.stored')}</p>
          <Button
            look="quiet"
            size="s"
            icon={<Trash2 aria-hidden />}
            onPress={() => {
              onChange(null);
            }}
          >
            {t('source.remove')}
          </Button>
        </div>
      ) : (
        <div className="source__choice">
          <TextField
            label={t('source.link')}
            type="url"
            inputMode="url"
            placeholder="https://"
            value={url}
            onChange={(text) => {
              setUrl(text);
              onChange(isWebAddress(text) ? { kind: 'link', url: text.trim() } : null);
            }}
            error={url !== '' && !isWebAddress(url) ? t('source.noAddress') : null}
          />
          <span className="source__or">{t('source.or')}</span>
          <Button
            look="secondary"
            icon={<Upload aria-hidden />}
            isPending={upload.isPending}
            onPress={() => chooser.current?.click()}
          >
            {t('source.upload')}
          </Button>
          <input
            ref={chooser}
            type="file"
            accept={accept}
            hidden
            aria-label={t('source.upload')}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) upload.mutate(file);
              event.target.value = '';
            }}
          />
        </div>
      )}
      {upload.isError && (
        <Notice tone="bad" title={t('source.refused')} live>
          {isProblem(upload.error) && upload.error.status < 500
            ? upload.error.detail
            : t('problem.unknown.text')}
        </Notice>
      )}
      {description !== undefined && <p className="field__description">{description}</p>}
    </fieldset>
  );
}

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text.trim()).protocol);
  } catch {
    return false;
  }
}
