import { CircleAlert, FileUp, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { formatBytes } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Button, IconButton } from './button.js';
import { ProgressBar } from './progress.js';
import './field.css';
import './file-field.css';

/** A file on its way. */
export interface Upload {
  readonly name: string;
  /** 0 to 1. */
  readonly progress: number;
  readonly onCancel?: () => void;
}

interface FileFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  /** Endings and media types: `['.csv', 'text/csv']`; any file where it is left out. */
  readonly accept?: readonly string[];
  readonly maxBytes?: number;
  readonly onFile: (file: File) => void;
  readonly upload?: Upload | null;
  /** Why the last one was refused. */
  readonly error?: string | null | undefined;
  readonly isDisabled?: boolean;
}

/** A file by dropping it or by choosing it. Type and size are told before anything is sent; the server has the last word. */
export function FileField({
  label,
  description,
  accept,
  maxBytes,
  onFile,
  upload = null,
  error,
  isDisabled = false,
}: FileFieldProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const labelId = useId();
  const take = (file: File | null | undefined): void => {
    if (file === null || file === undefined) return;
    const reason = faultOf(file, accept, maxBytes);
    setRefused(reason);
    if (reason === null) onFile(file);
  };
  const fault = refused ?? (error === '' ? null : (error ?? null));
  return (
    <div className="field file-field" role="group" aria-labelledby={labelId}>
      <span className="field__label" id={labelId}>
        {label}
      </span>
      <DropZone
        className="file-field__zone"
        aria-label={t('file.drop')}
        isDisabled={isDisabled || upload !== null}
        getDropOperation={(types) => (types.has('text/html') ? 'cancel' : 'copy')}
        onDrop={({ items }) => {
          const item = items.find(({ kind }) => kind === 'file');
          if (item?.kind === 'file') void item.getFile().then(take);
        }}
      >
        {upload === null ? (
          <>
            <FileUp aria-hidden className="file-field__icon" />
            <p className="file-field__hint">{t('file.drop')}</p>
            <FileTrigger
              {...(accept === undefined ? {} : { acceptedFileTypes: [...accept] })}
              onSelect={(files) => {
                take(files?.item(0));
              }}
            >
              <Button look="secondary" size="s" isDisabled={isDisabled}>
                {t('file.choose')}
              </Button>
            </FileTrigger>
          </>
        ) : (
          <div className="file-field__upload">
            <div className="file-field__name">
              <span>{upload.name}</span>
              {upload.onCancel !== undefined && (
                <IconButton label={t('file.cancel', { name: upload.name })} onPress={upload.onCancel}>
                  <X aria-hidden />
                </IconButton>
              )}
            </div>
            <ProgressBar label={t('file.progress', { name: upload.name })} value={upload.progress} />
          </div>
        )}
      </DropZone>
      {description !== undefined && <div className="field__description">{description}</div>}
      {fault !== null && (
        <p className="field__error file-field__error" role="alert">
          <CircleAlert aria-hidden /> {fault}
        </p>
      )}
    </div>
  );
}

/** Why a file cannot be taken, or null. */
function faultOf(
  file: File,
  accept: readonly string[] | undefined,
  maxBytes: number | undefined,
): string | null {
  if (file.size === 0) return t('file.empty', { name: file.name });
  if (maxBytes !== undefined && file.size > maxBytes) {
    return t('file.tooLarge', { name: file.name, size: formatBytes(file.size), most: formatBytes(maxBytes) });
  }
  const fits = accept?.some((kind) =>
    kind.startsWith('.')
      ? file.name.toLowerCase().endsWith(kind)
      : kind.endsWith('/*')
        ? file.type.startsWith(kind.slice(0, -1))
        : file.type === kind,
  );
  return fits === false ? t('file.wrongKind', { name: file.name, kinds: (accept ?? []).join(', ') }) : null;
}
