package io.millrace.http;

import io.millrace.http.route.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The reader of one body, as an output stream. Thread-safe. */
final class StreamSink implements Answer.Sink {
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final List<Runnable> onClose = new ArrayList<>();
  private boolean closed;

  StreamSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    writing.lock();
    try {
      out.write(bytes);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void trySend(byte[] bytes) throws IOException {
    if (writing.tryLock()) {
      try {
        out.write(bytes);
        out.flush();
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public void onClose(Runnable action) {
    synchronized (this) {
      if (!closed) {
        onClose.add(action);
        return;
      }
    }
    action.run();
  }

  /**
   * All has been said. The server would say so too, but not when it is being stopped.
   *
   * @throws IOException if the reader is gone
   */
  void end() throws IOException {
    writing.lock();
    try {
      out.close();
    } finally {
      writing.unlock();
    }
  }

  /** The reader has gone away by itself. */
  void gone() {
    close();
  }

  void close() {
    List<Runnable> actions;
    synchronized (this) {
      closed = true;
      actions = new ArrayList<>(onClose);
      onClose.clear();
    }
    actions.forEach(Runnable::run);
  }
}
