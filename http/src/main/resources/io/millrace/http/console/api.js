// Calls of the API. What goes wrong is a Problem, in the server's own words.

import { session } from './session.js';

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `the server answered ${status}`);
    this.status = status;
    this.title = body.title ?? 'Something went wrong';
    this.kind = (body.type ?? '').replace('urn:millrace:problem:', '');
    this.known = body.known ?? [];
  }
}

function address(path, query) {
  const url = new URL('.' + path, document.baseURI.split('#')[0]);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

async function call(path, { query, method = 'GET', body, headers = {}, signal } = {}) {
  const token = session.token;
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      signal,
      cache: 'no-store',
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new Problem(0, {
      title: 'The coordinator does not answer',
      detail: 'It may be restarting, or the network is down. This page goes on trying.',
    });
  }
  if (response.ok) {
    return response;
  }
  const problem = new Problem(response.status, await response.json().catch(() => ({})));
  if (response.status === 401) {
    document.dispatchEvent(new CustomEvent('millrace:unauthenticated', { detail: problem }));
  }
  throw problem;
}

export async function get(path, query, signal) {
  return (await call(path, { query, signal })).json();
}

export async function post(path, body) {
  return (await call(path, { method: 'POST', body })).json();
}

/** For requests that may come twice: what got no answer is sent again, a few times. */
export async function postAgain(path, body) {
  for (let left = 3; ; left--) {
    try {
      return await post(path, body);
    } catch (error) {
      if (error.status !== 0 || left === 0) {
        throw error;
      }
      await sleep(700);
    }
  }
}

/**
 * A run's records while they happen. Comes back by itself where it was cut off, and returns when the stream is over.
 * `on.record(record)`, `on.state('live' | 'broken')`.
 */
export async function tail(runId, { after, signal, on }) {
  let last = after;
  let pause = 500;
  while (!signal.aborted) {
    try {
      const response = await call(`/api/runs/${encodeURIComponent(runId)}/stream`, {
        query: { internal: true },
        headers: { Accept: 'application/x-ndjson', ...(last ? { 'Last-Event-ID': last } : {}) },
        signal,
      });
      on.state('live');
      if (response.status === 204) {
        return;
      }
      for await (const line of lines(response.body)) {
        const record = JSON.parse(line);
        last = record.id;
        pause = 500;
        on.record(record);
        if (record.kind === 'TERMINAL') {
          return;
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 429) {
        throw error;
      }
    }
    on.state('broken');
    await sleep(pause, signal);
    pause = Math.min(pause * 2, 10_000);
  }
}

/** Lines that are not empty: an empty one is a heartbeat. */
async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      yield* parts.filter((part) => part !== '');
    }
  } finally {
    reader.cancel().catch(() => {}); // it may be over already
  }
}

export function sleep(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** Again and again while the page is looked at; `millis` may be a function. A problem is shown, and tried again. */
export async function poll(ask, millis, signal, failed) {
  while (!signal.aborted) {
    if (!document.hidden) {
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
    }
    await sleep(typeof millis === 'function' ? millis() : millis, signal);
  }
}
