import { describe, expect, it } from '@jest/globals';
import { videoSource } from './video-source.js';

const origin = 'https://academy.example.com';

describe(videoSource.name, () => {
  it.each([
    '/api/v1/media/1/content',
    'https://cdn.example.net/film.MP4?sig=1',
    'https://cdn.example.net/a.webm',
  ])('plays %s here', (url) => {
    expect(videoSource(url, origin)).toEqual({ kind: 'playable', url });
  });

  it('sends to the site of a video page', () => {
    expect(videoSource('https://www.video.example/watch?v=1', origin)).toMatchObject({
      kind: 'elsewhere',
      host: 'video.example',
    });
  });
});
