package io.millrace.system;

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
  /** It is cut off the network; later it is back. */
  CUT {
    @Override
    void begin(Member member, Network network) {
      Docker.cut(member, network);
    }

    @Override
    void end(Member member, Network network) {
      Docker.heal(member, network);
    }
  };

  abstract void begin(Member member, Network network);

  abstract void end(Member member, Network network);

  /** From begin to end, and for so long in between. */
  void happen(Member member, Network network, long millis) throws InterruptedException {
    begin(member, network);
    try {
      Thread.sleep(millis);
    } finally {
      end(member, network);
    }
  }
}
