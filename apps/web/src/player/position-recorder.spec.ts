import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Position, PositionRecorder } from './position-recorder.js';

describe(PositionRecorder.name, () => {
  let now: number;
  let told: Position[];
  let recorder: PositionRecorder;

  beforeEach(() => {
    now = 0;
    told = [];
    recorder = new PositionRecorder(
      30,
      (position) => told.push(position),
      () => now,
    );
  });

  it('tells the place every ten seconds while the video plays', () => {
    for (now = 0; now <= 25_000; now += 250) recorder.playing(30 + now / 1000);
    expect(told).toEqual([
      { seconds: 40, rewind: false },
      { seconds: 50, rewind: false },
    ]);
  });

  it('tells it at once when the learner stops', () => {
    now = 1_000;
    recorder.stopped(33.7);
    expect(told).toEqual([{ seconds: 33, rewind: false }]);
  });

  it('says when the learner went back', () => {
    recorder.stopped(12);
    expect(told).toEqual([{ seconds: 12, rewind: true }]);
  });

  it('keeps quiet about less than a second', () => {
    recorder.stopped(30.9);
    recorder.stopped(30);
    expect(told).toEqual([]);
  });
});
