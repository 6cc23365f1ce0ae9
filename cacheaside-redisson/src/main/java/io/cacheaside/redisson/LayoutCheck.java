package io.cacheaside.redisson;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisTimeoutException;
import org.redisson.connection.MasterSlaveEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the scripts' idea of an RLock against the public RLock API on the live server, in both directions: a lease that
 * the scripts took is a lock of its holder that nobody else gets, and a lock that the API took is a lease. Another
 * Redisson may lay locks out differently; then no lease is taken and nothing is filled.
 *
 * <p>The API's questions go wherever the client's read mode sends them, by default to a replica if there is one. A replica
 * may be behind, so a wrong answer counts only when it stays wrong.
 */
final class LayoutCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LayoutCheck.class);
    private static final long USUAL_LEASE_MILLIS = 10_000;
    private static final long PATIENCE_SECONDS = 10;
    private static final long REPLICA_LAG_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Pattern VERSION = Pattern.compile("redis_version:((\\d+)\\.(\\d+)\\S*)");

    /**
     * The outcome.
     *
     * @param refusal null, or why no lease may be taken
     * @param isFinal false where the check has to be repeated
     */
    record Verdict(@Nullable String refusal, boolean isFinal) {}

    private final RedissonClient client;
    private final RedisCommands commands;
    private final String namespace;
    private final Eviction eviction;
    private final long leaseMillis;

    LayoutCheck(RedissonClient client, RedisCommands commands, String namespace, Eviction eviction) {
        this(client, commands, namespace, eviction, USUAL_LEASE_MILLIS);
    }

    /** {@code leaseMillis}: how long what is looked at lasts. */
    LayoutCheck(RedissonClient client, RedisCommands commands, String namespace, Eviction eviction, long leaseMillis) {
        this.leaseMillis = leaseMillis;
        this.eviction = eviction;
        this.client = client;
        this.commands = commands;
        this.namespace = namespace;
    }

    /** Blocks until the verdict is known; throws where Redis could not be asked, or not before the lease was over. */
    Verdict run() throws InterruptedException {
        SlotKeys slot = SlotKeys.of(namespace + ":layout-check:" + UUID.randomUUID());
        String problem;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(leaseMillis);
        try {
            problem = problem(slot, client.getLock(slot.lease()), end);
        } catch (CompletionException e) {
            if (Trouble.of(e) == Trouble.FULL) {
                // takes no lease, but removals, which other JVMs depend on
                return new Verdict("Redis is full", false);
            }
            throw e;
        }
        if (problem != null && System.nanoTime() > end) {
            throw new IllegalStateException(
                    "looking at a lock took longer than the " + leaseMillis + " ms that it lasts (" + problem + ")");
        }
        if (problem != null) {
            LOG.error(
                    "Redisson {} lays out its locks in a way that cacheaside does not know ({}): nothing is cached",
                    org.redisson.Version.class.getPackage().getImplementationVersion(),
                    problem);
        }
        warnAboutOldServer(slot);
        for (MasterSlaveEntry master : commands.servers().knownMasters()) {
            eviction.seen(infoOrNothing(() -> commands.info(master, "memory")));
        }
        return new Verdict(problem, true);
    }

    private @Nullable String problem(SlotKeys slot, RLock lock, long leaseEnd) throws InterruptedException {
        long ours = ThreadLocalRandom.current().nextLong();
        long theirs = ours + 1;
        expectTaken(slot, ours);
        if (!becomes(true, leaseEnd, () -> lock.isHeldByThreadAsync(ours))
                || answer(lock.isHeldByThreadAsync(theirs))) {
            return "a lease is not seen as a lock of its holder";
        }
        if (!becomes(
                true,
                leaseEnd,
                () -> lock.remainTimeToLiveAsync().thenApply(left -> left > 0 && left <= leaseMillis))) {
            return "a lease is not seen as a lock with its time to live";
        }
        if (!becomes(true, leaseEnd, lock::isLockedAsync)) {
            return "a lease is not seen as a lock";
        }
        if (answer(lock.tryLockAsync(0, leaseMillis, TimeUnit.MILLISECONDS, theirs))) {
            return "a lease does not keep others from locking";
        }
        run(Script.RELEASE, slot, "", field(ours));
        if (!becomes(false, leaseEnd, lock::isLockedAsync)) {
            return "a released lease is still seen as a lock";
        }
        if (!answer(lock.tryLockAsync(0, leaseMillis, TimeUnit.MILLISECONDS, theirs))) {
            return "a released lease cannot be locked";
        }
        if (acquire(slot, ours) == -1) {
            return "a lock does not keep others from leasing";
        }
        return run(Script.RELEASE, slot, "", field(theirs)).equals(1L) ? null : "a lock is not seen as a lease";
    }

    private static boolean becomes(
            boolean expected, long leaseEnd, Supplier<? extends CompletionStage<Boolean>> question)
            throws InterruptedException {
        long end = System.nanoTime() + REPLICA_LAG_NANOS;
        while (answer(question.get()) != expected) {
            long now = System.nanoTime();
            if (now > end || now > leaseEnd) {
                return false;
            }
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
        return true;
    }

    private void expectTaken(SlotKeys slot, long holder) throws InterruptedException {
        if (acquire(slot, holder) != -1) {
            throw new IllegalStateException("the lease of " + slot.value() + " is not free");
        }
    }

    private String field(long holder) {
        return SlotKeys.owner(client.getId(), holder);
    }

    private long acquire(SlotKeys slot, long holder) throws InterruptedException {
        return (Long) ((List<?>) run(Script.ACQUIRE, slot, "" + leaseMillis, "0", field(holder))).get(0);
    }

    private Object run(Script script, SlotKeys slot, Object... arguments) throws InterruptedException {
        return answer(commands.run(script, slot.all(), arguments));
    }

    private void warnAboutOldServer(SlotKeys slot) throws InterruptedException {
        String old = oldVersion(infoOrNothing(() -> commands.info(slot.value(), "server")));
        if (old != null) {
            LOG.warn("Redis {} is older than 6.2, the oldest that cacheaside is tested with: use a newer one", old);
        }
    }

    /** The version that Redis' INFO tells if it is older than 6.2, else null. */
    static @Nullable String oldVersion(String info) {
        Matcher version = VERSION.matcher(info);
        if (!version.find()) {
            return null;
        }
        int major = Integer.parseInt(version.group(2));
        int minor = Integer.parseInt(version.group(3));
        return major < 6 || major == 6 && minor < 2 ? version.group(1) : null;
    }

    private static String infoOrNothing(Supplier<CompletionStage<String>> info) throws InterruptedException {
        try {
            return answer(info.get());
        } catch (CompletionException forbidden) {
            return "";
        }
    }

    private static <T> T answer(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException(
                    new RedisTimeoutException("no answer within " + PATIENCE_SECONDS + " seconds"));
        }
    }
}
