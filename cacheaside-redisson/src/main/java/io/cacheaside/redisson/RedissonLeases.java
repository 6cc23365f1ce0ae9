package io.cacheaside.redisson;

import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Leases that are Redisson locks, owned by a holder in a thread's place. */
final class RedissonLeases implements Leases {

    /** How long a waiter relies on a wake-up that may not come. */
    private static final Duration UNSUBSCRIBED_WAIT = Duration.ofMillis(100);

    private final SlotScripts scripts;
    private final RedissonPolicy policy;
    private final RedisLink link;
    private final Deadlines deadlines;
    private final Masters masters;
    private final WakeUps wakeUps;

    RedissonLeases(
            SlotScripts scripts,
            RedissonPolicy policy,
            RedisLink link,
            Deadlines deadlines,
            Masters masters,
            WakeUps wakeUps) {
        this.scripts = scripts;
        this.policy = policy;
        this.link = link;
        this.deadlines = deadlines;
        this.masters = masters;
        this.wakeUps = wakeUps;
    }

    @Override
    public CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
        return masters.of(key).breaker().guard(policy.lease(), () -> acquireNow(key, holder, lease, look));
    }

    private CompletableFuture<LeaseAttempt> acquireNow(String key, long holder, Duration lease, boolean look) {
        CompletableFuture<LeaseAttempt> answer = new CompletableFuture<>();
        deadlines.limit(answer, policy.lease(), "ACQUIRE");
        link.whenOpen(() -> attempt(key, holder, lease, look)).whenComplete((attempt, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else if (!answer.complete(attempt) && attempt instanceof LeaseAttempt.Taken) {
                // nobody waits for this lease any more
                scripts.release(key, holder);
            }
        });
        return answer;
    }

    private CompletableFuture<LeaseAttempt> attempt(String key, long holder, Duration lease, boolean look) {
        String refusal = link.refusal();
        return refusal == null
                ? scripts.acquire(key, holder, lease, look)
                        .thenCompose(attempt -> attempt instanceof LeaseAttempt.Found found
                                ? found(found, key, holder, lease)
                                : CompletableFuture.completedFuture(attempt))
                : CompletableFuture.completedFuture(new LeaseAttempt.Refused(refusal));
    }

    /** {@code found}, or the lease where that value is none any more. */
    private CompletableFuture<LeaseAttempt> found(LeaseAttempt.Found found, String key, long holder, Duration lease) {
        ServerRun run = masters.of(key).run();
        return run.known().thenCompose(known -> {
            byte[] trusted = run.trusted(found.frame());
            return trusted == null
                    ? scripts.acquire(key, holder, lease, false)
                    : CompletableFuture.completedFuture(new LeaseAttempt.Found(trusted));
        });
    }

    @Override
    public CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
        return masters.of(key).breaker().guard(policy.lease(), () -> {
            CompletableFuture<Boolean> answer = link.whenOpen(() -> scripts.renew(key, holder, lease));
            return deadlines.limit(answer, policy.lease(), "RENEW");
        });
    }

    @Override
    public CompletableFuture<Void> release(String key, long holder) {
        return masters.of(key).breaker().guard(policy.lease(), () -> {
            CompletableFuture<Void> answer = link.whenOpen(() -> scripts.release(key, holder));
            return deadlines.limit(answer, policy.lease(), "RELEASE");
        });
    }

    @Override
    public Registration onWakeUp(String key, Runnable wake) {
        return wakeUps.register(key, wake);
    }

    @Override
    public Duration longestWait() {
        return wakeUps.areReliable() ? policy.longestWait() : UNSUBSCRIBED_WAIT;
    }
}
