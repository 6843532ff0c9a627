package io.millrace.worker;

import io.millrace.protocol.TopicCreationException;
import io.millrace.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at start for what is not up yet, and says so (F4). */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration MESSAGE_EVERY = Duration.ofSeconds(5);

  private final Duration longest;
  private final CountDownLatch closing;

  /**
   * @param longest over all that is waited for
   * @param closing ends the waiting
   */
  Patience(Duration longest, CountDownLatch closing) {
    this.longest = longest;
    this.closing = closing;
  }

  /**
   * Tries until it works.
   *
   * @param what is waited for, with its address
   * @throws BrokerUnavailableException after the longest time without a broker
   * @throws TopicCreationException the same, without as many brokers as replicas are wanted
   * @throws RegistryUnavailableException the same, without a registry
   * @throws InterruptedException also if the worker is closed meanwhile
   */
  <T> T until(String what, Callable<T> attempt) throws InterruptedException {
    long start = System.nanoTime();
    long lastMessage = start - MESSAGE_EVERY.toNanos();
    while (true) {
      RuntimeException failure;
      try {
        return attempt.call();
      } catch (RegistryUnavailableException e) {
        failure = e;
      } catch (Exception e) {
        failure = retriable(what, e, start);
      }
      long now = System.nanoTime();
      if (now - start > longest.toNanos()) {
        throw failure;
      }
      if (now - lastMessage >= MESSAGE_EVERY.toNanos()) {
        lastMessage = now;
        LOG.warn(
            "Waiting. for={} since={} giveUpAfter={} last={}",
            what,
            Duration.ofNanos(now - start).truncatedTo(ChronoUnit.SECONDS),
            longest,
            failure.getMessage());
      }
      if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("closed while waiting for " + what);
      }
    }
  }

  private static RuntimeException retriable(String what, Exception e, long start)
      throws InterruptedException {
    if (e instanceof InterruptedException interrupt) {
      throw interrupt;
    }
    Throwable cause =
        (e instanceof ExecutionException || e instanceof TopicCreationException)
                && e.getCause() != null
            ? e.getCause()
            : e;
    // No answer within the time that one attempt waits is no different from a refusal.
    if (cause instanceof RetriableException || cause instanceof TimeoutException) {
      return new BrokerUnavailableException(
          what, Duration.ofNanos(System.nanoTime() - start), cause);
    }
    // Brokers that are missing for the replicas that are wanted may be on their way back.
    if (cause instanceof InvalidReplicationFactorException missing) {
      return e instanceof TopicCreationException naming ? naming : missing;
    }
    if (cause instanceof RuntimeException runtime) {
      throw e instanceof RuntimeException own ? own : runtime;
    }
    throw new IllegalStateException("waiting for " + what + " failed", cause);
  }
}
