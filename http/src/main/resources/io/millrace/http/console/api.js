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

/** Longer than any answer takes. A connection that is half open would otherwise keep its caller waiting for ever. */
const PATIENCE = 60_000;

function unanswered() {
  return new Problem(0, {
    title: 'The coordinator does not answer',
    detail: 'It may be restarting, or the network is down. This page goes on trying.',
  });
}

/** The response, whose body is still to come. */
export async function call(path, { query, method = 'GET', body, headers = {}, signal } = {}) {
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
    throw unanswered();
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

async function answer(path, { signal, ...request }) {
  const late = AbortSignal.timeout(PATIENCE);
  const response = await call(path, { ...request, signal: signal ? AbortSignal.any([signal, late]) : late })
    .catch((error) => { throw late.aborted && !signal?.aborted ? unanswered() : error; });
  try {
    return await response.json();
  } catch (error) {
    // What is no JSON is a fault, and told as one.
    throw signal?.aborted || error instanceof SyntaxError ? error : unanswered();
  }
}

export function get(path, query, signal) {
  return answer(path, { query, signal });
}

export function post(path, body) {
  return answer(path, { method: 'POST', body });
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

export function sleep(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
