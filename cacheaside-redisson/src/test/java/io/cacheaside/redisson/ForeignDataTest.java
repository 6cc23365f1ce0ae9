package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.Claim;
import io.cacheaside.spi.Fill;
import io.cacheaside.spi.FillOutcome;
import io.cacheaside.spi.LeaseAttempt;
import io.cacheaside.spi.Removal;
import io.cacheaside.test.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redis keys as others see them, and keys under which others have put something. */
class ForeignDataTest extends OwnRedis {

    private static final String MARKS = "cacheaside:mark:{own:k}";

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = slots(redis);

    @Test
    void foreignType_isNoValue() {
        redis.command("HSET", "own:k", "field", "value");
        assertThat(stored(slots.store(), "own:k")).isNull();
    }

    @Test
    void foreignTypeOnACommonTrip_isNoValueAndHarmsNobody() {
        redis.command("HSET", "own:k:5", "field", "value");
        redis.command("SET", "own:k:6", "value");
        List<CompletableFuture<byte[]>> reads = IntStream.range(0, 10)
                .mapToObj(i -> slots.store().get("own:k:" + i))
                .toList();
        assertThat(answer(reads.get(5))).isNull();
        assertThat(answer(reads.get(6))).isEqualTo(bytes("value"));
    }

    @Test
    void foreignType_isReplacedByAFill() {
        redis.command("RPUSH", "own:k", "value");
        long holder = holder();
        assertThat(answer(slots.leases().acquire("own:k", holder, LONG, true))).isInstanceOf(LeaseAttempt.Taken.class);
        assertThat(answer(slots.store().fill("own:k", holder, bytes("value"), LONG)))
                .isEqualTo(FillOutcome.STORED);
        assertThat(redis.command("GET", "own:k")).isEqualTo("value");
    }

    @Test
    void foreignTypeUnderTheLease_failsAndIsRemovedByInvalidate() {
        redis.command("SET", "cacheaside:lease:{own:k}", "value");
        assertThat(fails(slots.leases().acquire("own:k", holder(), LONG, true))).isTrue();
        answer(slots.store().invalidate(List.of("own:k")));
        take(slots.leases(), "own:k");
    }

    @Test
    void foreignTypeUnderOneLeaseOfMany_failsForThatKeyAlone() {
        List<Claim> claims = IntStream.range(0, 5)
                .mapToObj(i -> new Claim("own:k:" + i, holder()))
                .toList();
        redis.command("SET", "cacheaside:lease:{own:k:2}", "value");
        List<CompletableFuture<LeaseAttempt>> attempts = slots.leases().acquireAll(claims, LONG, true);
        assertThat(fails(attempts.get(2))).isTrue();
        assertThat(List.of(0, 1, 3, 4))
                .allSatisfy(i -> assertThat(answer(attempts.get(i))).isInstanceOf(LeaseAttempt.Taken.class));
        List<CompletableFuture<FillOutcome>> fills = new ArrayList<>(slots.store()
                .fillAll(claims.stream()
                        .map(claim -> new Fill(claim.key(), claim.holder(), bytes("value"), LONG))
                        .toList()));
        assertThat(fails(fills.get(2))).isTrue();
        fills.remove(2);
        fills.forEach(OwnRedis::answer);
        assertThat(stored(slots.store(), "own:k:1")).isEqualTo("value");
        assertThat(stored(slots.store(), "own:k:4")).isEqualTo("value");
    }

    @Test
    void value_liesUnderItsKeyAndAlwaysExpires() {
        long holder = take(slots.leases(), "own:user:42");
        answer(slots.store().fill("own:user:42", holder, bytes("value"), Duration.ofSeconds(90)));
        assertThat(redis.command("GET", "own:user:42")).isEqualTo("value");
        assertThat((Long) redis.command("PTTL", "own:user:42")).isBetween(1L, 90_000L);
    }

    @Test
    void leaseAndNote_alwaysExpire() {
        take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        assertThat((Long) redis.command("PTTL", "cacheaside:lease:{own:k}")).isBetween(1L, LONG.toMillis());
        assertThat((Long) redis.command("PTTL", "cacheaside:wait:{own:k}"))
                .isBetween(1L, LONG.plusSeconds(1).toMillis());
    }

    @Test
    void renewedLease_keepsTheNoteOfItsWaiters() {
        long holder = take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        assertThat(answer(slots.leases().renew("own:k", holder, LONG.multipliedBy(10))))
                .isTrue();
        assertThat((Long) redis.command("PTTL", "cacheaside:wait:{own:k}"))
                .isGreaterThan(LONG.multipliedBy(9).toMillis());
    }

    @Test
    void releaseBySomebodyElse_leavesTheNoteOfTheWaiters() {
        take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        answer(slots.leases().release("own:k", holder()));
        assertThat(redis.command("EXISTS", "cacheaside:wait:{own:k}")).isEqualTo(1L);
    }

    @Test
    void finishedLoad_leavesNothingButTheValue() {
        long holder = take(slots.leases(), "own:k");
        answer(slots.leases().acquire("own:k", holder(), LONG, true));
        answer(slots.store().fill("own:k", holder, bytes("value"), LONG));
        assertThat(redis.command("KEYS", "*")).isEqualTo(List.of("own:k"));
    }

    @Test
    void marks_alwaysExpireWithTheLastOfThem() {
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        answer(slots.store().mark(List.of("own:k"), 2, Duration.ofSeconds(5)));
        answer(slots.store().mark(List.of("own:k"), 3, Duration.ofSeconds(5)));
        assertThat((Long) redis.command("PTTL", MARKS)).isBetween(50_000L, LONG.toMillis());
        drop(3);
        assertThat((Long) redis.command("PTTL", MARKS)).isBetween(50_000L, LONG.toMillis());
        drop(1);
        assertThat((Long) redis.command("PTTL", MARKS)).isBetween(1L, 5_000L);
        drop(2);
        assertThat(redis.command("EXISTS", MARKS)).isEqualTo(0L);
    }

    /** It comes so where a slot moves: there they are set and revoked one after the other. */
    @Test
    void markThatCameWhileTheLeaseStands_keepsValuesOutAndTheLeaseIsFreed() {
        long holder = take(slots.leases(), "own:k");
        redis.command("HSET", MARKS, "of a writer", "" + Long.MAX_VALUE);
        assertThat(answer(slots.store().fill("own:k", holder, bytes("old"), LONG)))
                .isEqualTo(FillOutcome.MARKED);
        assertThat(redis.command("KEYS", "*")).isEqualTo(List.of(MARKS));
        redis.command("DEL", MARKS);
        long writer = take(slots.leases(), "own:k");
        redis.command("HSET", MARKS, "of another writer", "" + Long.MAX_VALUE);
        assertThat(answer(slots.store().replace("own:k", writer, bytes("old"), LONG)))
                .isFalse();
        assertThat(redis.command("KEYS", "*")).isEqualTo(List.of(MARKS));
    }

    @Test
    void markThatIsOver_leavesTheHashWithTheNextRemoval() {
        redis.command("HSET", MARKS, "of a dead writer", "1000", "damaged", "soon");
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        answer(slots.store().mark(List.of("own:k"), 2, LONG));
        drop(1);
        assertThat(redis.command("HLEN", MARKS)).as("the other one").isEqualTo(1L);
        drop(2);
        assertThat(redis.command("EXISTS", MARKS)).isEqualTo(0L);
    }

    @Test
    void foreignTypeUnderTheMarks_isReplacedByAMark() {
        redis.command("SET", MARKS, "garbage");
        answer(slots.store().mark(List.of("own:k"), 1, LONG));
        drop(1);
        take(slots.leases(), "own:k");
    }

    @Test
    void foreignTypeUnderTheMarks_hindersNoRemoval() {
        redis.command("SET", MARKS, "garbage");
        put(slots, "own:l", "value");
        answer(slots.store().remove(List.of(new Removal("own:k", 1, LONG), Removal.of("own:l"))));
        assertThat(stored(slots.store(), "own:l")).isNull();
    }

    @Test
    void deletionOfValueAndLeaseByAnybody_voidsTheFill() {
        long holder = take(slots.leases(), "own:k");
        redis.command("DEL", "own:k", "cacheaside:lease:{own:k}");
        assertThat(answer(slots.store().fill("own:k", holder, bytes("old"), LONG)))
                .isEqualTo(FillOutcome.REVOKED);
    }

    @Test
    void scriptsRunByAnotherLanguage_doWhatOursDo() {
        List<String> slot = List.of("own:k", "cacheaside:lease:{own:k}", "cacheaside:wait:{own:k}", MARKS);
        put(slots, "own:k", "value");
        eval(Script.MARK, slot, "cacheaside:wake:own", "job-7f3a9c", "30000");
        assertThat(answer(slots.leases().acquire("own:k", holder(), LONG, true)))
                .isInstanceOf(LeaseAttempt.Marked.class);
        eval(Script.INVALIDATE, slot, "cacheaside:wake:own");
        assertThat(answer(slots.leases().acquire("own:k", holder(), LONG, true)))
                .as("a plain invalidation leaves the mark")
                .isInstanceOf(LeaseAttempt.Marked.class);
        eval(Script.INVALIDATE, slot, "cacheaside:wake:own", "job-7f3a9c", "0");
        put(slots, "own:k", "new");
        eval(Script.INVALIDATE, slot, "cacheaside:wake:own");
        assertThat(stored(slots.store(), "own:k")).isNull();
    }

    private void drop(long token) {
        answer(slots.store().remove(List.of(new Removal("own:k", token, Duration.ZERO))));
    }

    private void eval(Script script, List<String> keys, String... arguments) {
        List<String> words = new ArrayList<>(List.of("EVAL", script.source(), "" + keys.size()));
        words.addAll(keys);
        words.addAll(List.of(arguments));
        assertThat(redis.command(words.toArray(String[]::new))).isEqualTo(1L);
    }
}
