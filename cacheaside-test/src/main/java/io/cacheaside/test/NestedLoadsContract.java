package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.engine.ReadPath;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.test.TestJvm.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loads that read through the cache themselves, and could wait for each other for ever. */
public abstract class NestedLoadsContract extends Races {

    private static final CacheSettings SHORT_LEASE =
            CacheSettings.builder().lease(Duration.ofMillis(300)).build().orElse(TestJvm.settings());

    private String other() {
        return key() + ":other";
    }

    @Test
    void loadThatReadsItsOwnKey_doesNotWaitForItself() throws Throwable {
        assertThat(a().read(key(), () -> a().read(key(), source().loader()))).isEqualTo("v1");
        assertFresh("v1");
        write(b());
        assertFresh("v2");
    }

    @Test
    void loadThatReadsItsOwnKeyThroughAThirdOne_doesNotWaitForItself() throws Throwable {
        assertThat(a().read(key(), () -> a().read(other(), () -> a().read(key(), source().loader()))))
                .isEqualTo("v1");
    }

    @Test
    void twoLoadsThatReadEachOthersKeysInOneJvm_bothReturn() throws Throwable {
        readEachOther(a(), a());
    }

    @Test
    void twoLoadsThatReadEachOthersKeysInTwoJvms_bothReturnWithinALease() throws Throwable {
        readEachOther(jvm(SHORT_LEASE), jvm(SHORT_LEASE));
    }

    private void readEachOther(TestJvm one, TestJvm two) throws Throwable {
        Gate mine = new Gate("mine");
        Gate theirs = new Gate("theirs");
        Call<@Nullable String> first = one.start(key(), () -> {
            mine.pass();
            return one.read(other(), source().loader());
        });
        Call<@Nullable String> second = two.start(other(), () -> {
            theirs.pass();
            return two.read(key(), source().loader());
        });
        mine.awaitArrival();
        theirs.awaitArrival();
        mine.open();
        if (one == two) {
            first.awaitParkedIn(ReadPath.class, "join");
        }
        theirs.open();
        assertThat(first.result()).isEqualTo("v1");
        assertThat(second.result()).isEqualTo("v1");
        write(two);
        assertFresh("v2");
    }
}
