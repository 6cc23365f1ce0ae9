package io.cacheaside.test;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the indexes of tags do, in every {@link io.cacheaside.spi.CacheStore} that has them. */
public abstract class TagsContract extends SlotsContract {

    private void tag(Map<String, List<String>> keysByTag, Duration life) {
        Map<String, CompletableFuture<Void>> answers = store().tag(keysByTag, life);
        assertThat(answers).containsOnlyKeys(keysByTag.keySet());
        answers.values().forEach(SlotsContract::answer);
    }

    private void tag(String tag, String... keys) {
        tag(Map.of(tag, List.of(keys)), LONG);
    }

    private void removeTagged(String tag) {
        answer(store().removeTagged(tag));
    }

    @Test
    void removeTagged_removesTheValuesOfItsKeysAndNothingElse() {
        put(key("user:1"), "value");
        put(key("user:2"), "value");
        put(key("order:1"), "value");
        put(key("other"), "kept");
        tag(key("red"), key("user:1"), key("order:1"));
        tag(key("blue"), key("user:2"), key("other"));
        removeTagged(key("red"));
        assertThat(stored(key("user:1"))).isNull();
        assertThat(stored(key("order:1"))).isNull();
        assertThat(stored(key("user:2"))).isEqualTo("value");
        assertThat(stored(key("other"))).isEqualTo("kept");
    }

    @Test
    void removeTagged_voidsTheFillsOfLoadsUnderWay() {
        tag(key("red"), key("user:1"));
        long holder = take(key("user:1"), LONG);
        removeTagged(key("red"));
        assertThat(fill(key("user:1"), holder, "old")).isEqualTo(FillOutcome.REVOKED);
        assertThat(stored(key("user:1"))).isNull();
    }

    @Test
    void removeTagged_again_findsTheSameKeys() {
        tag(key("red"), key("user:1"));
        removeTagged(key("red"));
        put(key("user:1"), "stored by a load that had registered before");
        removeTagged(key("red"));
        assertThat(stored(key("user:1"))).isNull();
    }

    @Test
    void removeTagged_ofATagThatNobodyHas_doesNothing() {
        removeTagged(key("nobody's"));
        assertThat(isFree(key("nobody's"))).isTrue();
    }

    @Test
    void keyOfSeveralTags_isRemovedWithAnyOfThem() {
        tag(Map.of(key("red"), List.of(key("user:1")), key("blue"), List.of(key("user:1"), key("user:2"))), LONG);
        put(key("user:1"), "value");
        removeTagged(key("blue"));
        assertThat(stored(key("user:1"))).isNull();
        put(key("user:1"), "value");
        removeTagged(key("red"));
        assertThat(stored(key("user:1"))).isNull();
    }

    @Test
    void shorterRegistration_doesNotShortenALongerOne() {
        tag(Map.of(key("red"), List.of(key("user:1"))), LONG);
        tag(Map.of(key("red"), List.of(key("user:1"))), Duration.ofMillis(1));
        tag(Map.of(key("red"), List.of(key("user:2"))), Duration.ofMillis(1));
        put(key("user:1"), "value");
        removeTagged(key("red"));
        assertThat(stored(key("user:1"))).isNull();
    }

    @Test
    void registrationThatIsOver_leavesTheIndex() {
        tag(Map.of(key("red"), List.of(key("user:1"))), SHORT);
        put(key("user:1"), "kept");
        slots().elapse(SHORT.multipliedBy(2));
        await("the end of the registration", () -> {
            if (stored(key("user:1")) == null) {
                put(key("user:1"), "kept");
            }
            // whatever registers takes out what is over
            tag(key("red"), key("user:2"));
            removeTagged(key("red"));
            return stored(key("user:1")) != null;
        });
    }

    @Test
    void manyKeysOfOneTag_areAllRemoved() {
        List<String> keys =
                IntStream.range(0, 700).mapToObj(i -> key("user:" + i)).toList();
        tag(Map.of(key("red"), keys), LONG);
        put(keys.get(0), "value");
        put(keys.get(350), "value");
        put(keys.get(699), "value");
        removeTagged(key("red"));
        assertThat(stored(keys.get(0))).isNull();
        assertThat(stored(keys.get(350))).isNull();
        assertThat(stored(keys.get(699))).isNull();
    }
}
