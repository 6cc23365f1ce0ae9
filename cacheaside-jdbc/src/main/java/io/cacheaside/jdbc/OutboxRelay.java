package io.cacheaside.jdbc;

import io.cacheaside.error.OutboxException;
import io.cacheaside.spi.CacheListener;
import io.cacheaside.spi.CacheStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the rows of an outbox whose writers did not, on one daemon thread with one connection at a time. Any number of
 * relays may work on one table, in any number of JVMs: each row is locked by one of them, and the others skip it. A row
 * that is delivered twice costs a load.
 * <ol>
 *   <li>A row is deleted only after the store has acknowledged the removal of its key, in the transaction that locks it:
 *       a relay that dies in between leaves it to the others.
 *   <li>Rows that cannot be delivered while others can are postponed, and set aside after a number of attempts. They stop
 *       nobody.
 *   <li>While the database or the store is away the rows stay, and the relay looks again after growing pauses.
 * </ol>
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int DELETE_BATCH = 1_000;
    private static final Duration LINGER = Duration.ofMillis(50);
    private static final Duration AFTER_GRACE = JdbcOutbox.GRACE.plusMillis(20);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final JdbcOutbox outbox;
    private final FastPath fastPath;
    private final RelayPolicy policy;
    private final DueRows dueRows;
    private final Thread thread;
    private int failures;
    private boolean soon;
    private @Nullable String trouble;

    private OutboxRelay(JdbcOutbox outbox, CacheStore store, CacheListener listener, RelayPolicy policy) {
        this.outbox = outbox;
        this.fastPath = outbox.fastPath();
        this.policy = policy;
        this.dueRows = new DueRows(outbox.namespace(), new Delivery(store, policy.deadline()), listener, policy);
        this.thread = new Thread(this::run, "cacheaside-outbox");
        this.thread.setDaemon(true);
    }

    /**
     * A relay that works until it is closed. The database may be away, and so may be the table: it waits for both. One at
     * a time on each {@code outbox} object.
     */
    public static OutboxRelay start(JdbcOutbox outbox, CacheStore store, CacheListener listener, RelayPolicy policy) {
        OutboxRelay relay = new OutboxRelay(outbox, store, listener, policy);
        outbox.fastPath().open();
        relay.thread.start();
        return relay;
    }

    /**
     * Ends the batch under way and stops, within five seconds. What is left in the table is delivered by the relays of
     * other JVMs, or by the next one here. Harmless when repeated.
     */
    @Override
    public void close() {
        fastPath.close();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The outbox relay still waits for the database or the store; it is left behind");
        }
    }

    private void run() {
        while (!fastPath.isClosed()) {
            turn();
            pause();
        }
        if (fastPath.hasDelivered()) {
            turn();
        }
    }

    /**
     * While something is away news do not shorten the pause. What a writer of this JVM could not deliver is due when its
     * grace is over.
     */
    private void pause() {
        if (failures > 0) {
            fastPath.linger(varied(policy.retryAfter(failures)).toMillis());
            return;
        }
        if (soon) {
            fastPath.linger(AFTER_GRACE.toMillis());
            return;
        }
        fastPath.await(varied(policy.pollInterval()).toNanos());
        if (fastPath.hasDelivered()) {
            fastPath.linger(LINGER.toMillis());
        }
    }

    private static Duration varied(Duration pause) {
        double factor = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        return Duration.ofNanos(Math.max((long) (pause.toNanos() * factor), TimeUnit.MILLISECONDS.toNanos(1)));
    }

    private void turn() {
        soon = fastPath.takeUndelivered();
        List<UUID> delivered = fastPath.takeDelivered(DELETE_BATCH);
        try (OwnTransaction transaction = OwnTransaction.on(outbox.dataSource())) {
            OutboxTable table = outbox.ensured(transaction.connection());
            while (!delivered.isEmpty()) {
                table.deleteUnlocked(transaction.connection(), delivered);
                transaction.commit();
                delivered = fastPath.takeDelivered(DELETE_BATCH);
            }
            tell(deliver(table, transaction) ? null : "the store does not acknowledge invalidations", null);
        } catch (SQLException | OutboxException e) {
            fastPath.delivered(delivered);
            tell("the database does not do what is asked: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            tell("something unexpected: " + e, e);
        }
    }

    /** False where the store is away. */
    private boolean deliver(OutboxTable table, OwnTransaction transaction) throws SQLException {
        DueRows.Result result = DueRows.Result.MORE;
        while (result == DueRows.Result.MORE && !fastPath.isClosed()) {
            result = dueRows.deliver(table, transaction);
        }
        return result != DueRows.Result.NO_STORE;
    }

    /** Counts failures for the pause; logs when trouble begins and when it is over. */
    private void tell(@Nullable String now, @Nullable Exception cause) {
        failures = now == null ? 0 : failures + 1;
        if (now != null && trouble == null) {
            LOG.warn("Durable invalidations stay in {} for now: {}", OutboxTable.NAME, now, cause);
        } else if (now != null) {
            LOG.debug("Durable invalidations still stay in {}: {}", OutboxTable.NAME, now, cause);
        } else if (trouble != null) {
            LOG.info("Durable invalidations of {} are delivered again", OutboxTable.NAME);
        }
        trouble = now;
    }
}
