package io.cacheaside.verification.faults;

import io.cacheaside.verification.faults.Verdict.Rule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The faults of one server, of the way to it, and of the JVMs that use it. */
final class Faults {

    private static final String NO_REPLICAS = "NOREPLICAS Not enough good replicas to write.";
    private static final Duration SHORTEST_FREEZE = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofMillis(300);
    private static final int FLUSHES = 50;
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Duration A_WHILE = Duration.ofMillis(800);
    private static final Duration PAST_THE_LEASE = Duration.ofMillis(2_700);
    private static final long POINT_PATIENCE_SECONDS = 10;

    /** Steps that may be executed again at any time; a second ACQUIRE or MARK would stand until it ends by itself. */
    private static final List<String> REPEATABLE =
            List.of("GET", "GETEX", "MGET", "FILL", "RELEASE", "RENEW", "INVALIDATE", "TAG");

    private final Duration longestFreeze;

    /** Freezes last for {@code longestFreeze} at most. */
    Faults(Duration longestFreeze) {
        this.longestFreeze = longestFreeze;
    }

    List<Fault> all() {
        List<Fault> all = new ArrayList<>(List.of(
                Fault.ofServer("killed-empty", this::killEmpty),
                Fault.ofServer("killed-old-data", this::killWithOldData),
                Fault.ofServer("frozen", this::freeze),
                Fault.ofServer("clients-killed", command("CLIENT", "KILL", "TYPE", "normal")),
                Fault.ofServer("subscribers-killed", command("CLIENT", "KILL", "TYPE", "pubsub")),
                Fault.ofServer("clients-paused", this::pauseClients),
                Fault.ofServer("scripts-flushed", command("SCRIPT", "FLUSH")),
                Fault.ofServer("flushed", command("FLUSHALL")),
                Fault.ofServer("frozen-in-sweep", inSweep(this::freeze)),
                Fault.ofServer("killed-in-sweep", this::killInSweep),
                Fault.losingIndexes("evicting", this::evict),
                Fault.ofServer("out-of-memory", this::outOfMemory),
                Fault.ofServer("read-only", this::readOnly),
                Fault.ofServer(
                        "loading", during(request -> new Verdict.Refuse("LOADING Redis is loading the dataset"))),
                Fault.ofServer("replies-lost", during(some(8, Verdict.LOSE))),
                Fault.ofServer("replies-withheld", during(some(40, Verdict.MUTE))),
                Fault.ofServer("removals-unanswered", during(only("INVALIDATE", 2, Verdict.LOSE))),
                Fault.ofServer("removals-refused", during(only("INVALIDATE", 2, new Verdict.Refuse(NO_REPLICAS)))),
                Fault.ofServer("registrations-late", Faults::delayRegistrations),
                Fault.ofServer("registrations-refused", this::refuseRegistrations),
                Fault.ofServer("delayed", during(Faults::delay)),
                Fault.ofServer("cut", during(some(8, Verdict.CUT))),
                Fault.ofServer("repeated", during(Faults::repeat)),
                Fault.ofServer("silent", during(request -> Verdict.SWALLOW)),
                Fault.ofServer("refusing", this::refuse),
                Fault.ofServer("jvm-killed", Faults::killJvm),
                Fault.ofServer("jvm-frozen", Faults::freezeJvm)));
        for (Point point : Point.values()) {
            all.add(Fault.ofServer("jvm-killed-" + point.text(), (race, random) -> killAt(point, race, random)));
        }
        all.addAll(TopologyFaults.all());
        return all;
    }

    private void killEmpty(FaultRace race, SplittableRandom random) throws IOException {
        race.site(FaultRedis.class).server().stop();
        FaultRace.rest(between(random, Duration.ofMillis(20), Duration.ofMillis(1_500)));
        race.site(FaultRedis.class).forgetSnapshot();
        race.site(FaultRedis.class).server().restart();
    }

    private void killWithOldData(FaultRace race, SplittableRandom random) throws IOException {
        race.site(FaultRedis.class).snapshot();
        FaultRace.rest(between(random, Duration.ofMillis(50), Duration.ofMillis(500)));
        restart(race, random);
    }

    private static void restart(FaultRace race, SplittableRandom random) throws IOException {
        race.site(FaultRedis.class).server().stop();
        FaultRace.rest(between(random, Duration.ofMillis(20), Duration.ofMillis(500)));
        race.site(FaultRedis.class).server().restart();
    }

    private void freeze(FaultRace race, SplittableRandom random) {
        race.site(FaultRedis.class).server().freeze();
        FaultRace.rest(between(random, SHORTEST_FREEZE, longestFreeze));
        race.site(FaultRedis.class).server().thaw();
    }

    /** Begins when a removal of many has found some and removed none of them yet. */
    private static Fault.Strike inSweep(Fault.Strike strike) {
        return (race, random) -> {
            CountDownLatch there = new CountDownLatch(1);
            List<RespProxy> ways = race.site(FaultRedis.class).ways();
            ways.forEach(way -> way.rule(request -> {
                if (!Request.SWEEPS.contains(request.name())) {
                    return Verdict.PASS;
                }
                there.countDown();
                return new Verdict.Late(Duration.ZERO, A_MOMENT);
            }));
            await(there);
            strike.on(race, random);
            ways.forEach(way -> way.rule(Rule.PASS_ALL));
        };
    }

    private void killInSweep(FaultRace race, SplittableRandom random) throws IOException {
        race.site(FaultRedis.class).snapshot();
        inSweep(Faults::restart).on(race, random);
    }

    /** Some are late; what was registered is forgotten again and again, together with everything else. */
    private static void delayRegistrations(FaultRace race, SplittableRandom random) {
        List<RespProxy> ways = race.site(FaultRedis.class).ways();
        ways.forEach(way -> way.rule(only("TAG", 4, new Verdict.Late(SHORTEST_FREEZE, Duration.ZERO))));
        for (int i = 0; i < FLUSHES; i++) {
            race.site(FaultRedis.class).server().command("FLUSHALL");
            FaultRace.rest(between(random, Duration.ofMillis(20), A_MOMENT));
        }
        ways.forEach(way -> way.rule(Rule.PASS_ALL));
    }

    /** Nothing is registered before it; every second registration is not executed. */
    private void refuseRegistrations(FaultRace race, SplittableRandom random) throws IOException {
        command("FLUSHALL").on(race, random);
        during(only("TAG", 2, new Verdict.Refuse(NO_REPLICAS))).on(race, random);
    }

    private static Fault.Strike command(String... words) {
        return (race, random) -> race.site(FaultRedis.class).server().command(words);
    }

    private void pauseClients(FaultRace race, SplittableRandom random) {
        long millis = between(random, Duration.ofMillis(100), A_WHILE).toMillis();
        race.site(FaultRedis.class)
                .server()
                .command("CLIENT", "PAUSE", "" + millis, random.nextBoolean() ? "ALL" : "WRITE");
        FaultRace.rest(Duration.ofMillis(millis));
    }

    private void evict(FaultRace race, SplittableRandom random) {
        race.site(FaultRedis.class).server().command("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        outOfMemory(race, random);
        race.site(FaultRedis.class).server().command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }

    private void outOfMemory(FaultRace race, SplittableRandom random) {
        race.site(FaultRedis.class).server().command("CONFIG", "SET", "maxmemory", "1");
        FaultRace.rest(A_WHILE);
        race.site(FaultRedis.class).server().command("CONFIG", "SET", "maxmemory", "0");
    }

    /** A replica of nobody: it answers reads and refuses everything else. */
    private void readOnly(FaultRace race, SplittableRandom random) {
        race.site(FaultRedis.class).server().command("REPLICAOF", "127.0.0.1", "1");
        FaultRace.rest(A_WHILE);
        race.site(FaultRedis.class).server().command("REPLICAOF", "NO", "ONE");
    }

    /** The rule holds for a while on the ways of some JVMs. */
    private static Fault.Strike during(Rule rule) {
        return (race, random) -> {
            List<RespProxy> ways = some(race.site(FaultRedis.class).ways(), random);
            ways.forEach(way -> way.rule(rule));
            FaultRace.rest(A_WHILE);
            ways.forEach(way -> way.rule(Rule.PASS_ALL));
        };
    }

    private void refuse(FaultRace race, SplittableRandom random) throws IOException {
        List<RespProxy> ways = some(race.site(FaultRedis.class).ways(), random);
        for (RespProxy way : ways) {
            way.refuse();
        }
        FaultRace.rest(A_WHILE);
        for (RespProxy way : ways) {
            way.accept();
        }
    }

    /** All of them, or one. */
    private static List<RespProxy> some(List<RespProxy> ways, SplittableRandom random) {
        return random.nextBoolean() ? ways : List.of(ways.get(random.nextInt(ways.size())));
    }

    private static Rule some(int oneOf, Verdict verdict) {
        return request -> ThreadLocalRandom.current().nextInt(oneOf) == 0 ? verdict : Verdict.PASS;
    }

    private static Rule only(String name, int oneOf, Verdict verdict) {
        Rule some = some(oneOf, verdict);
        return request -> request.name().equals(name) ? some.of(request) : Verdict.PASS;
    }

    private static Verdict delay(Request request) {
        return switch (ThreadLocalRandom.current().nextInt(20)) {
            case 0 -> new Verdict.Late(upTo(LATE), Duration.ZERO);
            case 1 -> new Verdict.Late(Duration.ZERO, upTo(LATE));
            default -> Verdict.PASS;
        };
    }

    private static Verdict repeat(Request request) {
        boolean repeatable = REPEATABLE.contains(request.name());
        return repeatable && ThreadLocalRandom.current().nextInt(3) == 0 ? new Verdict.Again(upTo(LATE)) : Verdict.PASS;
    }

    private static Duration upTo(Duration longest) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos()));
    }

    private static void killJvm(FaultRace race, SplittableRandom random) throws IOException {
        Racing victim = victim(race, random);
        FaultRace.rest(between(random, Duration.ofMillis(1), Duration.ofMillis(50)));
        race.died(victim, victim.pid());
        race.revive(victim);
    }

    private static void freezeJvm(FaultRace race, SplittableRandom random) throws IOException {
        Racing victim = victim(race, random);
        victim.signal("STOP");
        FaultRace.rest(PAST_THE_LEASE);
        victim.signal("CONT");
    }

    private static void killAt(Point point, FaultRace race, SplittableRandom random) throws IOException {
        Racing victim = victim(race, random);
        long pid = victim.pid();
        if (point.isOnTheWay()) {
            awaitOnTheWay(point, race.site(FaultRedis.class).way(victim.number()));
        } else {
            victim.order("die " + point);
            victim.hasDied(Duration.ofSeconds(POINT_PATIENCE_SECONDS));
        }
        race.died(victim, pid);
        race.site(FaultRedis.class).way(victim.number()).rule(Rule.PASS_ALL);
        race.revive(victim);
    }

    private static void awaitOnTheWay(Point point, RespProxy way) throws IOException {
        CountDownLatch there = new CountDownLatch(1);
        way.rule(request -> {
            if (there.getCount() > 0 && request.name().equals(point.request())) {
                there.countDown();
                return point.verdict();
            }
            return Verdict.PASS;
        });
        await(there);
        FaultRace.rest(Duration.ofMillis(10)); // the server executes what has passed
    }

    private static void await(CountDownLatch there) throws IOException {
        try {
            there.await(POINT_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Racing victim(FaultRace race, SplittableRandom random) {
        return race.jvms().get(random.nextInt(race.jvms().size()));
    }

    /** Short times as often as long ones. */
    private static Duration between(SplittableRandom random, Duration shortest, Duration longest) {
        double factor = Math.pow(longest.toNanos() / (double) shortest.toNanos(), random.nextDouble());
        return Duration.ofNanos((long) (shortest.toNanos() * factor));
    }
}
