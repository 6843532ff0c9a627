package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.Token;

/** One worker at one record: runs the step, writes the result, then acknowledges (law 5). */
final class Try {
  private static final long GRACE = 50;
  private static final long[] TAKES = {5, 20, 200, 4_000};

  private final World world;
  private final Site site;
  private final Worker worker;
  private final Parcel parcel;
  private final Token token;
  private final String tryId;
  private final long begun;

  Try(World world, Site site, Worker worker, Parcel parcel) {
    this.world = world;
    this.site = site;
    this.worker = worker;
    this.parcel = parcel;
    this.token = parcel.target.token();
    this.tryId = worker.nextTry();
    this.begun = world.timeline.now();
  }

  void begin() {
    boolean deliveredBefore = parcel.deliver() > 1;
    long takes = TAKES[site.draw("takes", TAKES.length)];
    Plan plan = world.behaviour.plan(parcel);
    if (deliveredBefore) {
      adopt();
    } else if (takes > GRACE) {
      world.timeline.after(GRACE, this::adopt);
    }
    world.timeline.after(takes, () -> end(plan));
  }

  private void adopt() {
    if (gone()) {
      return;
    }
    write(new RunInput.StepStarted(token, worker.name, tryId));
    worker.acknowledge(parcel);
  }

  private void end(Plan plan) {
    if (gone()) {
      return;
    }
    if (site.strikes(Fault.WORKER_FREEZES)) {
      long thaw = world.timeline.now() + site.draw("frozen", 30_000);
      worker.freeze(thaw);
      world.timeline.at(thaw, () -> finish(plan));
    } else {
      finish(plan);
    }
  }

  private void finish(Plan plan) {
    if (gone()) {
      return;
    }
    if (site.strikes(Fault.WORKER_DIES_BEFORE_WRITING)) {
      die();
      return;
    }
    new Report(world, site, worker, parcel, tryId).write(plan);
    if (site.strikes(Fault.WORKER_DIES_AFTER_WRITING)) {
      die();
    } else {
      worker.acknowledge(parcel);
    }
  }

  private void die() {
    world.trace.say(world.timeline.now(), () -> worker.name + " dies");
    worker.die(site.oneIn("goodbye", 3), 1 + site.draw("redelivery", 10_000));
  }

  private boolean gone() {
    return worker.dead() || worker.calledBack(token, begun);
  }

  private void write(RunInput input) {
    world.network.send(worker.name, parcel.runId, input);
  }
}
