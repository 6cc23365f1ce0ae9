package io.cacheaside.redisson;

import io.cacheaside.redisson.Masters.Master;
import io.cacheaside.spi.Claim;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

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
    private final SlotGroups groups;

    RedissonLeases(
            SlotScripts scripts,
            RedissonPolicy policy,
            RedisLink link,
            Deadlines deadlines,
            Masters masters,
            WakeUps wakeUps,
            SlotGroups groups) {
        this.scripts = scripts;
        this.policy = policy;
        this.link = link;
        this.deadlines = deadlines;
        this.masters = masters;
        this.wakeUps = wakeUps;
        this.groups = groups;
    }

    @Override
    public CompletableFuture<LeaseAttempt> acquire(String key, long holder, Duration lease, boolean look) {
        return SlotGroups.only(acquireTogether(List.of(new Claim(key, holder)), lease, look));
    }

    @Override
    public List<CompletableFuture<LeaseAttempt>> acquireAll(List<Claim> claims, Duration lease, boolean look) {
        // what may travel together is known once Redis has answered
        return link.isOpen()
                ? groups.ask(claims, Claim::key, claim -> 0, group -> acquireTogether(group, lease, look))
                : Leases.super.acquireAll(claims, lease, look);
    }

    private CompletableFuture<List<LeaseAttempt>> acquireTogether(List<Claim> claims, Duration lease, boolean look) {
        return masterOf(claims).breaker().guard(policy.lease(), () -> acquireNow(claims, lease, look));
    }

    private CompletableFuture<List<LeaseAttempt>> acquireNow(List<Claim> claims, Duration lease, boolean look) {
        CompletableFuture<List<LeaseAttempt>> answer = new CompletableFuture<>();
        deadlines.limit(answer, policy.lease(), "ACQUIRE");
        link.whenOpen(() -> attempt(claims, lease, look)).whenComplete((attempts, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else if (!answer.complete(attempts)) {
                releaseTaken(claims, attempts);
            }
        });
        return answer;
    }

    /** Nobody waits for these leases any more. */
    private void releaseTaken(List<Claim> claims, List<LeaseAttempt> attempts) {
        List<Claim> taken = IntStream.range(0, claims.size())
                .filter(i -> attempts.get(i) instanceof LeaseAttempt.Taken)
                .mapToObj(claims::get)
                .toList();
        if (!taken.isEmpty()) {
            scripts.release(taken);
        }
    }

    private CompletableFuture<List<LeaseAttempt>> attempt(List<Claim> claims, Duration lease, boolean look) {
        String refusal = link.refusal();
        if (refusal != null) {
            return CompletableFuture.completedFuture(
                    Collections.nCopies(claims.size(), new LeaseAttempt.Refused(refusal)));
        }
        return scripts.acquire(claims, lease, look)
                .thenCompose(attempts -> attempts.stream().anyMatch(LeaseAttempt.Found.class::isInstance)
                        ? found(attempts, claims, lease).whenComplete((trusted, failure) -> {
                            if (failure != null) {
                                releaseTaken(claims, attempts);
                            }
                        })
                        : CompletableFuture.completedFuture(attempts));
    }

    /** {@code attempts}, with the leases in place of those values that are none any more. */
    private CompletableFuture<List<LeaseAttempt>> found(
            List<LeaseAttempt> attempts, List<Claim> claims, Duration lease) {
        ServerRun run = masterOf(claims).run();
        return run.known().thenCompose(known -> {
            List<LeaseAttempt> trusted = new ArrayList<>(attempts);
            List<Integer> old = new ArrayList<>();
            for (int i = 0; i < attempts.size(); i++) {
                if (attempts.get(i) instanceof LeaseAttempt.Found found) {
                    byte[] frame = run.trusted(found.frame());
                    if (frame == null) {
                        old.add(i);
                    } else {
                        trusted.set(i, new LeaseAttempt.Found(frame));
                    }
                }
            }
            return old.isEmpty() ? CompletableFuture.completedFuture(trusted) : again(old, trusted, claims, lease);
        });
    }

    private CompletableFuture<List<LeaseAttempt>> again(
            List<Integer> old, List<LeaseAttempt> attempts, List<Claim> claims, Duration lease) {
        return scripts.acquire(old.stream().map(claims::get).toList(), lease, false)
                .thenApply(taken -> {
                    for (int i = 0; i < old.size(); i++) {
                        attempts.set(old.get(i), taken.get(i));
                    }
                    return attempts;
                });
    }

    @Override
    public CompletableFuture<Boolean> renew(String key, long holder, Duration lease) {
        return SlotGroups.only(renewTogether(List.of(new Claim(key, holder)), lease));
    }

    @Override
    public List<CompletableFuture<Boolean>> renewAll(List<Claim> claims, Duration lease) {
        return link.isOpen()
                ? groups.ask(claims, Claim::key, claim -> 0, group -> renewTogether(group, lease))
                : Leases.super.renewAll(claims, lease);
    }

    private CompletableFuture<List<Boolean>> renewTogether(List<Claim> claims, Duration lease) {
        return masterOf(claims).breaker().guard(policy.lease(), () -> {
            CompletableFuture<List<Boolean>> answer = link.whenOpen(() -> scripts.renew(claims, lease));
            return deadlines.limit(answer, policy.lease(), "RENEW");
        });
    }

    @Override
    public CompletableFuture<Void> release(String key, long holder) {
        return releaseTogether(List.of(new Claim(key, holder)));
    }

    @Override
    public CompletableFuture<Void> releaseAll(List<Claim> claims) {
        return link.isOpen()
                ? CompletableFuture.allOf(groups.of(claims, Claim::key).stream()
                        .map(this::releaseTogether)
                        .toArray(CompletableFuture<?>[]::new))
                : Leases.super.releaseAll(claims);
    }

    private CompletableFuture<Void> releaseTogether(List<Claim> claims) {
        return masterOf(claims).breaker().guard(policy.lease(), () -> {
            CompletableFuture<Void> answer = link.whenOpen(() -> scripts.release(claims));
            return deadlines.limit(answer, policy.lease(), "RELEASE");
        });
    }

    private Master masterOf(List<Claim> claims) {
        return masters.of(claims.get(0).key());
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
