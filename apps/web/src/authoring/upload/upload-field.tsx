import { Pause, Play, X } from 'lucide-react';
import { type ReactNode } from 'react';
import type { MediaObject } from '#libs/contracts/media';
import { IconButton } from '../../design/button.js';
import { FileField } from '../../design/file-field.js';
import { ProgressBar } from '../../design/progress.js';
import { formatPercent } from '../../language/numbers.js';
import { t } from '../../language/t.js';
import { refusalText } from './refusal-text.js';
import { useUpload, type UploadControl } from './use-upload.js';
import './upload-field.css';

const LARGEST_UPLOAD = 512 * 1024 ** 2;

interface UploadFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  /** Endings and media types. */
  readonly accept: readonly string[];
  readonly onUploaded: (media: MediaObject) => void;
}

/** A file by dropping or choosing it, on its way in parts: it can be paused, and goes on after a broken line. */
export function UploadField({ label, description, accept, onUploaded }: UploadFieldProps) {
  const upload = useUpload(onUploaded);
  if (upload.isBusy) return <UploadProgress label={label} upload={upload} />;
  return (
    <FileField
      label={label}
      description={description}
      accept={accept}
      maxBytes={LARGEST_UPLOAD}
      onFile={upload.begin}
      error={upload.state?.step === 'refused' ? refusalText(upload.state.problem) : null}
    />
  );
}

function UploadProgress({ label, upload }: { readonly label: string; readonly upload: UploadControl }) {
  const { name, state } = upload;
  if (state === null || state.step === 'done' || state.step === 'refused') return null;
  return (
    <div className="upload" role="group" aria-label={label}>
      <div className="upload__row">
        <span className="upload__name">{name}</span>
        <span className="upload__tools">
          {state.step === 'sending' ? (
            <IconButton label={t('upload.pause', { name })} onPress={upload.pause}>
              <Pause aria-hidden />
            </IconButton>
          ) : (
            <IconButton label={t('upload.resume', { name })} onPress={upload.resume}>
              <Play aria-hidden />
            </IconButton>
          )}
          <IconButton label={t('upload.cancel', { name })} onPress={upload.cancel}>
            <X aria-hidden />
          </IconButton>
        </span>
      </div>
      <ProgressBar label={t('upload.progress', { name })} value={state.progress} />
      <p className="upload__state" role="status">
        {state.step === 'sending' && t('upload.sending', { percent: formatPercent(state.progress) })}
        {state.step === 'paused' && t('upload.paused', { percent: formatPercent(state.progress) })}
        {state.step === 'waiting' && t('upload.waiting')}
      </p>
    </div>
  );
}
