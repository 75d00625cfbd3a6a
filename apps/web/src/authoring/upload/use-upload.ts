import { useEffect, useRef, useState } from 'react';
import type { MediaObject } from '#libs/contracts/media';
import { useApi } from '../../api/api-context.js';
import { ResumableUpload, type UploadState } from './resumable-upload.js';

/** One upload at a time, for as long as the part of the page is there. */
export function useUpload(onDone: (media: MediaObject) => void) {
  const api = useApi();
  const current = useRef<ResumableUpload | null>(null);
  const done = useRef(onDone);
  const [name, setName] = useState('');
  const [state, setState] = useState<UploadState | null>(null);

  useEffect(() => {
    done.current = onDone;
  }, [onDone]);
  useEffect(
    () => () => {
      current.current?.leave();
    },
    [],
  );

  return {
    name,
    state,
    isBusy: state !== null && state.step !== 'done' && state.step !== 'refused',
    begin: (file: File) => {
      current.current?.leave();
      const upload = new ResumableUpload(api, file, (next) => {
        setState(next);
        if (next.step === 'done') done.current(next.media);
      });
      current.current = upload;
      setName(file.name);
      setState({ step: 'sending', progress: 0 });
      void upload.start();
    },
    pause: () => void current.current?.pause(),
    resume: () => current.current?.resume(),
    cancel: () => {
      void current.current?.cancel();
      current.current = null;
      setState(null);
    },
  };
}

export type UploadControl = ReturnType<typeof useUpload>;
