// When a page looks again: soon after something was told, seldom when nothing moves, not at all while nobody looks at it.

import { Problem, sleep } from './api.js';

/** Comes when somebody looks at the page, at once if so; also when the signal is aborted. */
export function shown(signal) {
  return new Promise((resolve) => {
    const done = new AbortController();
    const look = () => {
      if (!document.hidden || signal.aborted) {
        done.abort();
        resolve();
      }
    };
    document.addEventListener('visibilitychange', look, { signal: done.signal });
    signal.addEventListener('abort', look, { signal: done.signal });
    look();
  });
}

/** Again and again while the page is looked at. A problem is shown, and tried again. */
export async function poll(ask, millis, signal, failed) {
  while (!signal.aborted) {
    await shown(signal);
    try {
      await ask();
      failed(null);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof Problem)) {
        throw error;
      }
      failed(error);
    }
    await sleep(typeof millis === 'function' ? millis() : millis, signal);
  }
}

/**
 * Looks now and then again, less and less often while nothing moves. `look()` says whether anything has: 'moved', 'still',
 * or 'over', after which it is not looked again until `soon` is called. A look that takes long is made seldom.
 */
export function watch(look, { least, most, signal, failed }) {
  let due;
  let timer;
  let go;
  const at = (when) => {
    due = when;
    clearTimeout(timer);
    if (when < Infinity) {
      timer = setTimeout(() => go?.(), Math.max(0, when - performance.now()));
    }
  };
  const turn = () => new Promise((resolve) => { go = resolve; at(due); });
  let cost = 0; // of one look, in milliseconds
  let pause = least;

  /** Within so many milliseconds. */
  const soon = (millis = 0) => {
    const when = performance.now() + Math.max(millis, millis > 0 ? 3 * cost : 0);
    if (when < due) {
      at(when);
    }
  };

  async function run() {
    while (!signal.aborted) {
      await shown(signal);
      due = Infinity; // who calls `soon` meanwhile has one more look
      const began = performance.now();
      let found = 'still';
      try {
        found = await look();
        failed(null);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!(error instanceof Problem)) {
          throw error;
        }
        failed(error);
      }
      cost = performance.now() - began;
      pause = found === 'moved' ? least : Math.min(pause * 1.6, most);
      if (found !== 'over') {
        soon(Math.max(pause, 6 * cost));
      }
      await turn();
    }
  }

  signal.addEventListener('abort', () => { clearTimeout(timer); go?.(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { soon(); } }, { signal });
  return { soon, done: run() };
}
