package io.lookout.app;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT, taken before the JVM would act on them: a stop that was asked for ends with
 * exit code 0, and what shutdown hooks of libraries do comes after it. Before the start is done
 * there is nothing to stop in order: the process ends as it would by the JVM's own doing. A second
 * signal ends it at once.
 *
 * <p>The class of signals is not part of the Java platform's documented modules, hence reflection.
 */
final class StopSignal {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
  private static final int KILLED_BY_SECOND_SIGNAL = 130;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final LastResort lastResort;
  private final CountDownLatch started = new CountDownLatch(1);

  private StopSignal(LastResort lastResort) {
    this.lastResort = lastResort;
  }

  static StopSignal install(LastResort lastResort) {
    StopSignal signal = new StopSignal(lastResort);
    for (String name : new String[] {"TERM", "INT"}) {
      handle(name, signal::received);
    }
    return signal;
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      LOG.warn("This JVM gives no signals away: a stop will be as after a crash", e);
    }
  }

  /** What SIGHUP does; without this it ends the process. */
  void onHangup(Runnable action) {
    handle("HUP", action);
  }

  private void received() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(KILLED_BY_SECOND_SIGNAL);
    }
    asked.countDown();
    if (!hasStarted()) {
      LOG.info("Told to stop before the start was done: ends at once");
      lastResort.begin();
      System.exit(0);
    }
  }

  /** A start that is all but done is waited for. */
  private boolean hasStarted() {
    try {
      return started.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** From now on a signal asks for an end in order. */
  void started() {
    started.countDown();
  }

  /** As the signal does. */
  void stop() {
    asked.countDown();
  }

  /** Waits until the process is told to stop. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
