package io.millrace.worker;

import io.millrace.observe.StepObserver;
import io.millrace.step.StepRunner;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.Producer;

/**
 * What every try of one step in one life uses.
 *
 * @param recordPatience how long code that was adopted first waits for its record to be recorded as
 *     dealt with
 * @param streams the producer of stream events
 * @param threads where code runs
 * @param control timers, and everything that may have to wait but is not a step's code
 */
record TryEnvironment(
    StepRunner runner,
    Incarnation incarnation,
    RunLog log,
    Producer<byte[], byte[]> streams,
    StreamTopics streamTopics,
    StepCatalog catalog,
    Slots slots,
    Tries tries,
    Executor threads,
    ScheduledExecutorService control,
    Duration adoptionGrace,
    Duration recordPatience,
    int chunkBytes,
    Fatality fatality,
    StepObserver observer) {}
