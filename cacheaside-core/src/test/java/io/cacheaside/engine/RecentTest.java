package io.cacheaside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.policy.InvalidationPolicy;
import io.cacheaside.spi.Removal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Recent recent = new Recent(5, nanos::get);

    private static Removing removing(String cache, String key, long mark, Duration settle) {
        return new Removing(new Stale(cache, key, new InvalidationPolicy(false, settle, false)), mark);
    }

    private void note(String key) {
        recent.note(List.of(removing("user", key, Removal.NO_MARK, Duration.ZERO)));
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private List<String> keys() {
        return recent.among(key -> true).removals().stream().map(Removing::key).toList();
    }

    @Test
    void removal_isKeptForAMinuteAndNotForEver() {
        note("k");
        pass(60);
        note("other");
        assertThat(keys()).containsExactly("k", "other");
        pass(30);
        note("more");
        assertThat(keys()).containsExactly("other", "more");
    }

    @Test
    void minuteWithoutWrites_isForgottenAllTheSame() {
        note("k");
        pass(100);
        assertThat(keys()).isEmpty();
    }

    @Test
    void keysOfOtherMasters_areLeftOut() {
        note("k");
        note("l");
        assertThat(recent.among("l"::equals).removals())
                .extracting(Removing::key)
                .containsExactly("l");
    }

    @Test
    void removalsOfOneKey_areOneThatDoesWhatAllDid() {
        recent.note(List.of(removing("user", "k", 7, Duration.ZERO)));
        recent.note(List.of(removing("user", "k", Removal.NO_MARK, Duration.ofSeconds(3))));
        assertThat(recent.among(key -> true).removals())
                .extracting(Removing::command)
                .containsExactly(new Removal("k", 7, Duration.ofSeconds(3)));
    }

    @Test
    void keysBeyondTheBound_putTheirCacheInDoubtAsAWhole() {
        IntStream.range(0, 5).forEach(i -> note("user:" + i));
        note("user:1");
        assertThat(recent.among(key -> true).groups()).isEmpty();
        recent.note(List.of(removing("order", "order:1", Removal.NO_MARK, Duration.ofSeconds(3))));
        assertThat(recent.among(key -> true).groups())
                .isEqualTo(Map.of(new KeyGroup.WholeCache("order"), Duration.ofSeconds(3)));
        assertThat(keys()).hasSize(5);
    }

    @Test
    void removalOfAWholeCache_isNotedToo() {
        recent.noteAll(new KeyGroup.WholeCache("user"));
        pass(60);
        assertThat(recent.among(key -> false).groups()).containsOnlyKeys(new KeyGroup.WholeCache("user"));
        pass(30);
        assertThat(recent.among(key -> false).groups()).isEmpty();
    }

    @Test
    void moreTagsThanAreRemembered_areAnyTag() {
        TaggedCaches caches = new TaggedCaches("ns:");
        for (int i = 0; i < 7; i++) {
            recent.noteAll(new KeyGroup.Tag("ns:" + i, caches));
        }
        recent.noteAll(new KeyGroup.Tag("ns:0", caches));
        assertThat(recent.among(key -> false).groups())
                .hasSize(6)
                .containsKeys(new KeyGroup.Tag("ns:0", caches), new KeyGroup.AnyTag(caches));
    }
}
