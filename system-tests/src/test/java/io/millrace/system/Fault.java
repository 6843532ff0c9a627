package io.millrace.system;

import java.time.Duration;
import org.testcontainers.containers.Network;

/** What happens to a container, and how it ends. */
enum Fault {
  /** {@code kill -9}; later it is started again. */
  KILL {
    @Override
    void begin(Member member, Network network) {
      Docker.kill(member);
    }

    @Override
    void end(Member member, Network network) {
      Docker.start(member);
    }
  },
  /** It is frozen; later it goes on as if nothing had been. */
  PAUSE {
    @Override
    void begin(Member member, Network network) {
      Docker.pause(member);
    }

    @Override
    void end(Member member, Network network) {
      Docker.thaw(member);
    }
  },
  /** Nothing of what it sends arrives, nothing reaches it, and nobody is told. */
  CUT {
    @Override
    void begin(Member member, Network network) {
      Cable.pull(member);
    }

    @Override
    void end(Member member, Network network) {
      Cable.plug(member);
    }
  },
  /** It is taken off the network, name and all; later it is back. */
  DETACH {
    @Override
    void begin(Member member, Network network) {
      Docker.detach(member, network);
    }

    @Override
    void end(Member member, Network network) {
      Docker.attach(member, network);
    }
  };

  abstract void begin(Member member, Network network);

  abstract void end(Member member, Network network);

  /** From begin to end, and for so long in between. */
  void happen(Member member, Network network, long millis) throws InterruptedException {
    happen(member, network, millis, () -> {});
  }

  /**
   * From begin to end.
   *
   * @param millis at least so long in between
   * @param meanwhile returns when it may end
   */
  void happen(Member member, Network network, long millis, Runnable meanwhile)
      throws InterruptedException {
    long start = System.nanoTime();
    begin(member, network);
    try {
      meanwhile.run();
      long passed = Duration.ofNanos(System.nanoTime() - start).toMillis();
      Thread.sleep(Math.max(0, millis - passed));
    } finally {
      end(member, network);
    }
  }
}
