package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.test.EmbeddedRedis;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;

/** A lease is a lock of Redisson's public API, and the other way round. */
class LockInteroperationTest extends OwnRedis {

    private static final String KEY = "own:user:größe 42";

    private final EmbeddedRedis redis = redis();
    private final RedissonClient client = client(RedissonSettings.of(redis.address()));
    private final RedissonSlots slots = closing(RedissonSlots.open(client, "own", PATIENT));
    private final RLock lock = client.getLock("cacheaside:lease:{" + KEY + "}");

    @Test
    void lease_isALockOfItsHolder() {
        long holder = take(slots.leases(), KEY);
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.isHeldByThread(holder)).isTrue();
        assertThat(lock.isHeldByThread(holder + 1)).isFalse();
        assertThat(lock.remainTimeToLive()).isBetween(1L, LONG.toMillis());
    }

    @Test
    void lease_keepsOthersFromLocking() {
        take(slots.leases(), KEY);
        assertThat(tryLock(holder())).isFalse();
    }

    @Test
    void lock_keepsOthersFromLeasing() {
        assertThat(tryLock(holder())).isTrue();
        assertThat(answer(slots.leases().acquire(KEY, holder(), LONG, true))).isInstanceOf(LeaseAttempt.Busy.class);
    }

    @Test
    void lock_isALeaseOfItsThread() {
        long holder = holder();
        assertThat(tryLock(holder)).isTrue();
        assertThat(answer(slots.leases().renew(KEY, holder, LONG))).isTrue();
        assertThat(answer(slots.store().fill(KEY, holder, bytes("value"), LONG)))
                .isEqualTo(FillOutcome.STORED);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void lockWithoutExpiry_keepsOthersFromLeasing() {
        redis.command("HSET", lock.getName(), "somebody", "1");
        assertThat(answer(slots.leases().acquire(KEY, holder(), LONG, true))).isInstanceOf(LeaseAttempt.Busy.class);
    }

    @Test
    void unlockOfALeaseThatWasAskedForTwice_freesIt() {
        long holder = take(slots.leases(), KEY);
        assertThat(answer(slots.leases().acquire(KEY, holder, LONG, true))).isInstanceOf(LeaseAttempt.Taken.class);
        answer(lock.unlockAsync(holder).toCompletableFuture());
        assertThat(answer(slots.leases().renew(KEY, holder, LONG))).isFalse();
    }

    @Test
    void forceUnlock_revokesTheLease() {
        long holder = take(slots.leases(), KEY);
        assertThat(lock.forceUnlock()).isTrue();
        assertThat(answer(slots.store().fill(KEY, holder, bytes("value"), LONG)))
                .isEqualTo(FillOutcome.REVOKED);
    }

    @Test
    void invalidate_unlocks() {
        long holder = take(slots.leases(), KEY);
        answer(slots.store().invalidate(java.util.List.of(KEY)));
        assertThat(lock.isLocked()).isFalse();
        assertThat(lock.isHeldByThread(holder)).isFalse();
    }

    @Test
    void hashOfALease_hasItsHolderOnly() {
        long holder = take(slots.leases(), KEY);
        answer(slots.leases().acquire(KEY, holder(), LONG, true));
        assertThat(client.<String, String>getMap(lock.getName(), org.redisson.client.codec.StringCodec.INSTANCE)
                        .readAllMap())
                .isEqualTo(Map.of(client.getId() + ":" + holder, "1"));
    }

    private boolean tryLock(long thread) {
        return answer(lock.tryLockAsync(0, LONG.toMillis(), TimeUnit.MILLISECONDS, thread)
                .toCompletableFuture());
    }
}
