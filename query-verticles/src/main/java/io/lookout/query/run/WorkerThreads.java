package io.lookout.query.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads of which the one that became idle last works first: its processor still knows its stack
 * and what it did, and often it has not even gone to sleep. The executors of the JDK have whoever
 * waited longest work, which makes small questions that come one after the other half as slow
 * again; or they allow no say in how large a stack is.
 *
 * <p>Thread-safe. What is thrown by work is logged.
 */
final class WorkerThreads implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);

  /** A few microseconds, within which the next small question often comes. */
  private static final int SPINS = 128;

  private final int most;
  private final int mostWaiting;
  private final ThreadFactory factory;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Worker> all = new ArrayList<>();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * @param most threads, made when they are needed
   * @param mostWaiting pieces of work that may wait for a thread
   */
  WorkerThreads(int most, int mostWaiting, ThreadFactory factory) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.factory = factory;
  }

  /**
   * @throws RejectedExecutionException where too much waits, or after {@link #close}
   */
  @Override
  public void execute(Runnable work) {
    Worker worker;
    lock.lock();
    try {
      if (closed || (idle.isEmpty() && all.size() == most && waiting.size() == mostWaiting)) {
        throw new RejectedExecutionException(closed ? "closed" : mostWaiting + " wait");
      }
      worker = idle.poll();
      if (worker == null && all.size() == most) {
        waiting.add(work);
        return;
      }
      if (worker == null) {
        worker = new Worker();
        all.add(worker);
      }
      worker.next = work;
    } finally {
      lock.unlock();
    }
    worker.wake();
  }

  /** How many threads wait for work. */
  int idle() {
    lock.lock();
    try {
      return idle.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more work, drops what waits, and interrupts what is under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      all.forEach(worker -> worker.thread.interrupt());
    } finally {
      lock.unlock();
    }
  }

  private final class Worker implements Runnable {
    private final Thread thread = factory.newThread(this);
    private volatile @Nullable Runnable next;

    /** Starts the thread, the first time. */
    void wake() {
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      } else {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      Runnable work = given();
      while (work != null) {
        try {
          work.run();
        } catch (RuntimeException | Error e) {
          LOG.error("a worker's work has failed", e);
        }
        work = another();
      }
    }

    /** What waits, or what will come; null after the end. */
    private @Nullable Runnable another() {
      lock.lock();
      try {
        Runnable first = waiting.poll();
        if (first != null) {
          return first;
        }
        idle.push(this);
      } finally {
        lock.unlock();
      }
      for (int i = 0; i < SPINS && next == null; i++) {
        Thread.onSpinWait();
      }
      return given();
    }

    private @Nullable Runnable given() {
      Runnable work = next;
      while (work == null && !closed) {
        LockSupport.park(WorkerThreads.this);
        // What was meant for work that has ended must not keep this one from its sleep.
        Thread.interrupted();
        work = next;
      }
      next = null;
      return work;
    }
  }
}
