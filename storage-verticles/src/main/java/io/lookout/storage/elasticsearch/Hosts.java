package io.lookout.storage.elasticsearch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The hosts of one cluster, asked in turn. Thread-safe. */
final class Hosts {
  private final List<Host> hosts;
  private final AtomicInteger turn;

  Hosts(List<EngineUrl> urls, RandomGenerator random) {
    this.hosts = urls.stream().map(url -> new Host(url, random)).toList();
    this.turn = new AtomicInteger(random.nextInt(urls.size()));
  }

  /** The next host that may be asked; empty where all have failed just now. */
  synchronized Optional<Host> next(long now) {
    int start = Math.floorMod(turn.getAndIncrement(), hosts.size());
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get((start + i) % hosts.size());
      if (host.restMs(now) <= 0) {
        host.asked(now);
        return Optional.of(host);
      }
    }
    return Optional.empty();
  }

  /** How long until a host may be asked, ms. */
  long restMs(long now) {
    return hosts.stream().mapToLong(host -> Math.max(0, host.restMs(now))).min().orElse(0);
  }

  int up() {
    return (int) hosts.stream().filter(Host::isUp).count();
  }

  int size() {
    return hosts.size();
  }

  /** What is wrong with each that does not answer. */
  String troubles() {
    return hosts.stream()
        .filter(host -> !host.isUp())
        .map(host -> host.url() + " " + host.trouble())
        .collect(Collectors.joining("; "));
  }
}
