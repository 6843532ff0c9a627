// The step `grind` of the workflow `progress`, beside the Java steps of examples/progress.
import { setTimeout as sleep } from 'node:timers/promises';
import { runStep } from './worker.mjs';

const event = (name, fields, kind) => ({
  type: 'record', name, namespace: 'io.millrace.examples.progress', fields, ...(kind && { 'millrace.kind': kind }),
});

await runStep({
  workflow: 'progress',
  step: 'grind',
  accepts: event('Order', [{ name: 'sacks', type: 'int' }], 'start'),
  emits: event('Ground', [{ name: 'sacks', type: 'int' }]),
  streams: event('Working', [{ name: 'step', type: 'string' }, { name: 'done', type: 'int' }, { name: 'of', type: 'int' }]),
  async perform(order, writeToStream) {
    for (let done = 1; done <= order.sacks; done++) {
      await sleep(Number(process.env.MILLRACE_EXAMPLES_PACE_MS ?? 300));
      await writeToStream({ step: 'grind', done, of: order.sacks }); // seen now
    }
    return { sacks: order.sacks }; // seen by the next step when this one is done
  },
});
