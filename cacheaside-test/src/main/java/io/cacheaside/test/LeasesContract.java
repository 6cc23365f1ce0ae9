package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link io.cacheaside.spi.Leases} does. */
public abstract class LeasesContract extends SlotsContract {

    @Test
    void freeLease_isTaken() {
        assertThat(acquire(key("k"), holder(), LONG)).isInstanceOf(LeaseAttempt.Taken.class);
    }

    @Test
    void takenLease_isBusyForTheRemainingTime() {
        String key = key("k");
        take(key, LONG);
        assertThat(acquire(key, holder(), LONG))
                .isInstanceOfSatisfying(
                        LeaseAttempt.Busy.class,
                        busy -> assertThat(busy.remaining()).isPositive().isLessThanOrEqualTo(LONG));
    }

    @Test
    void value_isFoundAndNoLeaseTaken() {
        String key = key("k");
        put(key, "value");
        assertThat(acquire(key, holder(), LONG))
                .isInstanceOfSatisfying(
                        LeaseAttempt.Found.class,
                        found -> assertThat(found.frame()).isEqualTo(bytes("value")));
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void valueThatIsNotLookedAt_doesNotHinder() {
        String key = key("k");
        put(key, "unreadable");
        long holder = holder();
        assertThat(answer(leases().acquire(key, holder, LONG, false))).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(fill(key, holder, "readable")).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void repeatedAcquire_staysTakenAndOneReleaseFreesIt() {
        String key = key("k");
        long holder = take(key, LONG);
        assertThat(acquire(key, holder, LONG)).isInstanceOf(LeaseAttempt.Taken.class);
        answer(leases().release(key, holder));
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void lease_isFreeAfterItsLifetime() {
        String key = key("k");
        take(key, SHORT);
        slots().elapse(SHORT);
        await("the lease expires", () -> isFree(key));
    }

    @Test
    void renewByTheHolder_prolongs() {
        String key = key("k");
        long holder = take(key, SHORT);
        assertThat(answer(leases().renew(key, holder, LONG))).isTrue();
        assertThat(acquire(key, holder(), LONG))
                .isInstanceOfSatisfying(
                        LeaseAttempt.Busy.class,
                        busy -> assertThat(busy.remaining())
                                .isGreaterThan(SHORT)
                                .isLessThanOrEqualTo(LONG));
    }

    @Test
    void renewBySomebodyElse_isRefusedAndChangesNothing() {
        String key = key("k");
        take(key, SHORT);
        assertThat(answer(leases().renew(key, holder(), LONG))).isFalse();
        slots().elapse(SHORT);
        await("the lease expires", () -> isFree(key));
    }

    @Test
    void renewAfterInvalidate_isRefused() {
        String key = key("k");
        long holder = take(key, LONG);
        invalidate(key);
        assertThat(answer(leases().renew(key, holder, LONG))).isFalse();
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void releaseBySomebodyElse_isHarmless() {
        String key = key("k");
        long holder = take(key, LONG);
        answer(leases().release(key, holder()));
        assertThat(fill(key, holder, "value")).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void repeatedRelease_isHarmless() {
        String key = key("k");
        long first = take(key, LONG);
        answer(leases().release(key, first));
        long second = take(key, LONG);
        answer(leases().release(key, first));
        assertThat(fill(key, second, "value")).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void invalidate_revokesTheLease() {
        String key = key("k");
        take(key, LONG);
        invalidate(key);
        assertThat(isFree(key)).isTrue();
    }

    @Test
    void leasesOfManyKeys_areIndependent() {
        List<String> keys = List.of(key("a"), key("b"), key("größe zwei"), key("x".repeat(420)));
        keys.forEach(key -> take(key, LONG));
        invalidate(keys.get(1));
        assertThat(keys.stream().map(this::isFree)).containsExactly(false, true, false, false);
    }

    @Test
    void leasesThatAreTakenTogether_areAnsweredOneByOne() {
        List<String> keys = IntStream.range(0, 5).mapToObj(i -> key("k" + i)).toList();
        take(keys.get(1), LONG);
        put(keys.get(2), "value");
        answer(store().mark(List.of(keys.get(3)), 1, LONG));
        List<Claim> claims = claims(keys);
        List<LeaseAttempt> attempts = answers(leases().acquireAll(claims, LONG, true));
        assertThat(attempts.get(0)).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(attempts.get(1))
                .isInstanceOfSatisfying(
                        LeaseAttempt.Busy.class,
                        busy -> assertThat(busy.remaining()).isPositive().isLessThanOrEqualTo(LONG));
        assertThat(attempts.get(2))
                .isInstanceOfSatisfying(
                        LeaseAttempt.Found.class,
                        found -> assertThat(found.frame()).isEqualTo(bytes("value")));
        assertThat(attempts.get(3)).isInstanceOf(LeaseAttempt.Marked.class);
        assertThat(attempts.get(4)).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(fill(keys.get(4), claims.get(4).holder(), "its own")).isEqualTo(FillOutcome.STORED);
        assertThat(fill(keys.get(0), claims.get(4).holder(), "another's")).isEqualTo(FillOutcome.REVOKED);
    }

    @Test
    void leasesThatAreTakenTogetherWithoutALook_areTakenAlthoughThereAreValues() {
        List<String> keys = List.of(key("a"), key("b"));
        keys.forEach(key -> put(key, "unreadable"));
        assertThat(answers(leases().acquireAll(claims(keys), LONG, false)))
                .hasSize(2)
                .hasOnlyElementsOfType(LeaseAttempt.Taken.class);
    }

    @Test
    void leasesOfAThousandKeys_areTakenProlongedAndFreed() {
        List<String> keys = IntStream.range(0, 1000).mapToObj(i -> key("k" + i)).toList();
        List<Claim> claims = claims(keys);
        assertThat(answers(leases().acquireAll(claims, LONG, true)))
                .hasSize(1000)
                .hasOnlyElementsOfType(LeaseAttempt.Taken.class);
        List<Claim> others = new ArrayList<>(claims(keys));
        others.set(999, claims.get(999));
        List<Boolean> prolonged = answers(leases().renewAll(others, LONG));
        assertThat(prolonged.subList(0, 999)).containsOnly(false);
        assertThat(prolonged.get(999)).isTrue();
        answer(leases().releaseAll(others));
        assertThat(isFree(keys.get(999))).isTrue();
        assertThat(isFree(keys.get(0))).isFalse();
        answer(leases().releaseAll(claims));
        assertThat(answers(leases().acquireAll(claims(keys), SHORT, true)))
                .hasOnlyElementsOfType(LeaseAttempt.Taken.class);
    }

    @Test
    void nothingToAskFor_isAnsweredWithNothing() {
        assertThat(leases().acquireAll(List.of(), LONG, true)).isEmpty();
        assertThat(leases().renewAll(List.of(), LONG)).isEmpty();
        answer(leases().releaseAll(List.of()));
    }

    private static List<Claim> claims(List<String> keys) {
        return keys.stream().map(key -> new Claim(key, holder())).toList();
    }

    @Test
    void manyAttemptsAtOnce_oneTakesTheLease() {
        String key = key("k");
        List<CompletableFuture<LeaseAttempt>> attempts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            attempts.add(leases().acquire(key, holder(), LONG, true));
        }
        assertThat(attempts.stream().map(SlotsContract::answer))
                .filteredOn(LeaseAttempt.Taken.class::isInstance)
                .hasSize(1);
    }

    @Test
    void extremeHolderIds_areHolders() {
        for (long holder : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            String key = key("holder " + holder);
            assertThat(acquire(key, holder, LONG)).isInstanceOf(LeaseAttempt.Taken.class);
            assertThat(fill(key, holder, "value")).isEqualTo(FillOutcome.STORED);
        }
    }

    @Test
    void longestWait_isPositive() {
        assertThat(leases().longestWait()).isGreaterThan(Duration.ZERO);
    }
}
