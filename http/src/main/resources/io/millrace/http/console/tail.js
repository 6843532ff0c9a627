// A run's records while they happen.

import { call, Problem, sleep } from './api.js';
import { shown } from './looks.js';

/** Until the server has shown how often it does, it is expected to give a sign of life this often. */
const HEARTBEAT = 15_000;
const LEAST_SILENCE = 2_000;
const MISSED = 3;
/** A record that cannot be read just now is asked for again after this. */
const UNREADABLE = 30_000;

/**
 * Comes back by itself where it was cut off, and returns when the stream is over. Ends its connection while nobody looks
 * at the page, because a browser has few of them. `on.record(record)`, `on.problem(problem)` if the next record cannot be read just now, `on.state('live' |
 * 'broken' | 'paused')`.
 */
export async function tail(runId, { after, signal, on }) {
  const path = `/api/runs/${encodeURIComponent(runId)}/stream`;
  const pulse = new Pulse();
  let last = after;
  let pause = 500;
  while (!signal.aborted) {
    await shown(signal);
    const connection = new AbortController();
    const leave = () => connection.abort();
    let away = false;
    const hide = () => {
      if (document.hidden) {
        away = true;
        leave();
      }
    };
    signal.addEventListener('abort', leave);
    document.addEventListener('visibilitychange', hide);
    pulse.begin(leave);
    try {
      const response = await call(path, {
        query: { internal: true },
        headers: { Accept: 'application/x-ndjson', ...(last ? { 'Last-Event-ID': last } : {}) },
        signal: connection.signal,
      });
      if (response.status === 204) {
        return;
      }
      on.state('live');
      for await (const line of lines(response.body)) {
        pulse.heard(line === '');
        if (line !== '') {
          const record = JSON.parse(line);
          if (record.kind === 'PROBLEM') {
            pause = UNREADABLE;
            on.problem(record.event);
            continue;
          }
          last = record.id;
          pause = 500;
          on.record(record);
          if (record.kind === 'TERMINAL') {
            return;
          }
        }
      }
    } catch (error) {
      const final = error instanceof Problem ? error.status >= 400 && error.status < 500 && error.status !== 429 : !connection.signal.aborted;
      if (final) {
        throw error;
      }
    } finally {
      pulse.end();
      signal.removeEventListener('abort', leave);
      document.removeEventListener('visibilitychange', hide);
      leave();
    }
    if (away) {
      on.state('paused');
    } else if (!signal.aborted) {
      on.state('broken');
      await sleep(pause, signal);
      pause = Math.min(pause * 2, 10_000);
    }
  }
}

/**
 * Tells a connection that lives from one that is half open: the server shows at regular times that it is there. How often
 * is learnt from each connection anew, since two signs of life that were held up on their way come as one.
 */
class Pulse {
  #expected = HEARTBEAT;
  #interval;
  #last;
  #timer;
  #dead;

  begin(dead) {
    this.#dead = dead;
    this.#interval = undefined;
    this.#last = undefined;
    this.#wait();
  }

  heard(heartbeat) {
    if (heartbeat) {
      const now = performance.now();
      if (this.#last !== undefined) {
        this.#interval = Math.max(this.#interval ?? 0, now - this.#last);
      }
      this.#last = now;
    }
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#interval === undefined) {
        this.#expected *= 2; // the server's may be longer than was thought
      }
      this.#dead();
    }, Math.max(LEAST_SILENCE, MISSED * (this.#interval ?? this.#expected)));
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/** Lines as they come; an empty one is a heartbeat. A connection that breaks is the end of them. */
async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) {
        return;
      }
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {}); // it may be over already
  }
}
