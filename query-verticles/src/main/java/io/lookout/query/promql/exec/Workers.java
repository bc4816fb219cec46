package io.lookout.query.promql.exec;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Splits work over series among the calling thread and others of an executor. The caller takes
 * part, so that nothing waits for a thread that never comes: what nobody else has begun, it does
 * itself.
 */
final class Workers {
  /** A worker's way of doing a task. */
  @FunctionalInterface
  interface Task {
    void run(int task);
  }

  /** Makes what one thread needs; called once a thread. */
  @FunctionalInterface
  interface Maker {
    Task make();
  }

  private final Executor executor;
  private final int parallelism;

  /**
   * @param parallelism threads at a time, the caller included
   */
  Workers(Executor executor, int parallelism) {
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /** Does tasks 0 to n − 1 and returns when all are done, or throws what one of them threw. */
  void run(int tasks, Maker maker) {
    Run run = new Run(tasks, maker);
    int helpers = Math.min(parallelism, tasks) - 1;
    for (int i = 0; i < helpers; i++) {
      try {
        executor.execute(run::work);
      } catch (RejectedExecutionException e) {
        break; // The pool is full: the caller does the work.
      }
    }
    run.work();
    run.await();
  }

  /** Tasks under way. */
  private static final class Run {
    private final int tasks;
    private final Maker maker;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int next;
    private int running;

    Run(int tasks, Maker maker) {
      this.tasks = tasks;
      this.maker = maker;
    }

    private synchronized int begin() {
      if (next >= tasks || failure.get() != null) {
        return -1;
      }
      running++;
      return next++;
    }

    private synchronized void end() {
      running--;
      notifyAll();
    }

    void work() {
      Task worker = null;
      for (int task = begin(); task >= 0; task = begin()) {
        try {
          worker = worker == null ? maker.make() : worker;
          worker.run(task);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          end();
        }
      }
    }

    synchronized void await() {
      boolean interrupted = false;
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
