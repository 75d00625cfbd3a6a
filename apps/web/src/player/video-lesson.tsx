import { ChevronRight, ExternalLink, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { LearnerLesson } from '#libs/contracts/courses';
import { ButtonAnchor } from '../design/button-link.js';
import { Notice } from '../design/notice.js';
import { Rich } from '../language/rich.js';
import { t } from '../language/t.js';
import { Article } from './lesson-body.js';
import { type Position, PositionRecorder } from './position-recorder.js';
import { videoSource } from './video-source.js';
import './video-lesson.css';

type VideoOf = Extract<LearnerLesson, { kind: 'video' }>;

interface VideoLessonProps {
  readonly lesson: VideoOf;
  readonly startAt: number;
  readonly onPosition: (position: Position) => void;
  readonly onEnded: () => void;
}

export function VideoLesson({ lesson, startAt, onPosition, onEnded }: VideoLessonProps) {
  const source = videoSource(lesson.url, window.location.origin);
  return (
    <>
      {source.kind === 'playable' ? (
        <Film
          title={lesson.title}
          url={source.url}
          startAt={startAt}
          onPosition={onPosition}
          onEnded={onEnded}
        />
      ) : (
        <div className="video-link">
          <span className="video-link__mark" aria-hidden="true">
            <Play />
          </span>
          <p>
            <Rich message="video.elsewhere" values={{ host: source.host }} parts={{ b: <strong /> }} />
          </p>
          <ButtonAnchor
            href={source.url}
            target="_blank"
            rel="noopener noreferrer"
            size="l"
            iconAfter={<ExternalLink aria-hidden />}
          >
            {t('video.watchOn', { host: source.host })}
          </ButtonAnchor>
        </div>
      )}
      {lesson.transcriptHtml !== '' && (
        <details className="transcript">
          <summary>
            <ChevronRight aria-hidden />
            {t('video.transcript')}
          </summary>
          <Article html={lesson.transcriptHtml} />
        </details>
      )}
    </>
  );
}

interface FilmProps {
  readonly title: string;
  readonly url: string;
  readonly startAt: number;
  readonly onPosition: (position: Position) => void;
  readonly onEnded: () => void;
}

function Film({ title, url, startAt, onPosition, onEnded }: FilmProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [start] = useState(startAt);
  const [failed, setFailed] = useState(false);
  const tell = useRef(onPosition);
  useEffect(() => {
    tell.current = onPosition;
  });
  useEffect(() => {
    const film = video.current;
    if (film === null) return undefined;
    const recorder = new PositionRecorder(start, (position) => {
      tell.current(position);
    });
    const resume = (): void => {
      if (start > 0 && start < film.duration - 5) film.currentTime = start;
    };
    const playing = (): void => {
      recorder.playing(film.currentTime);
    };
    const stopped = (): void => {
      recorder.stopped(film.currentTime);
    };
    film.addEventListener('loadedmetadata', resume);
    film.addEventListener('timeupdate', playing);
    film.addEventListener('pause', stopped);
    film.addEventListener('seeked', stopped);
    window.addEventListener('pagehide', stopped);
    return () => {
      stopped();
      film.removeEventListener('loadedmetadata', resume);
      film.removeEventListener('timeupdate', playing);
      film.removeEventListener('pause', stopped);
      film.removeEventListener('seeked', stopped);
      window.removeEventListener('pagehide', stopped);
    };
  }, [start]);
  return (
    <>
      <video
        ref={video}
        className="film"
        src={url}
        controls
        playsInline
        preload="metadata"
        aria-label={title}
        onEnded={onEnded}
        onError={() => {
          setFailed(true);
        }}
      />
      {failed && (
        <Notice tone="warn" title={t('video.failed.title')} live>
          {t('video.failed.text')} <a href={url}>{t('video.failed.open')}</a>
        </Notice>
      )}
    </>
  );
}
